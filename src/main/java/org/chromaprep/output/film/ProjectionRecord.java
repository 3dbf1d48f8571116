package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * The principal components that samples are expressed in, as {@code projection.json} and manifests record them; the components
 * themselves are in {@code projection.npy}, float32 [components, features].
 *
 * @param components how many
 * @param features of the hypercolumns that they are of
 * @param of what makes hypercolumns the same: layers, preprocessing, weights
 * @param films that were looked at for them
 * @param frames of these films
 * @param pixels of these frames, all of them
 * @param mean of each feature, which is subtracted first
 * @param variances along each component, greatest first
 * @param totalVariance of all features added up
 * @param explained each component's part of all variance, 0 to 1
 * @param sha256 of {@code projection.npy}
 */
@JsonPropertyOrder({
    "components",
    "features",
    "of",
    "films",
    "frames",
    "pixels",
    "total_variance",
    "explained_variance_ratio",
    "variances",
    "mean",
    "sha256"
})
public record ProjectionRecord(
        int components,
        int features,
        Map<String, String> of,
        List<String> films,
        int frames,
        long pixels,
        List<Double> mean,
        List<Double> variances,
        @JsonProperty("total_variance") double totalVariance,
        @JsonProperty("explained_variance_ratio") List<Double> explained,
        String sha256) {
    /**
     * @throws IllegalArgumentException if the numbers of numbers do not go together
     */
    public ProjectionRecord {
        if (components < 1
                || mean.size() != features
                || variances.size() != components
                || explained.size() != components) {
            throw new IllegalArgumentException("A projection onto " + components + " components of " + features
                    + " features has other numbers of means or variances.");
        }
    }

    /** The same with another hash. */
    ProjectionRecord withHash(String hash) {
        return new ProjectionRecord(
                components, features, of, films, frames, pixels, mean, variances, totalVariance, explained, hash);
    }

    /** How much of all variance the components explain together, 0 to 1. */
    public double explainedTogether() {
        return explained.stream().mapToDouble(Double::doubleValue).sum();
    }
}

package org.chromaprep.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import java.util.Optional;

/**
 * {@code train.json}: what a folder's model is trained on and how, and whether it is done.
 *
 * @param dataSet SHA-256 of the data set's index
 * @param settings by the names of options
 * @param version of the program
 * @param model SHA-256 of the model; empty until it is done
 */
@JsonPropertyOrder({"data_set", "settings", "version", "model"})
record TrainingRecord(
        @JsonProperty("data_set") String dataSet,
        Map<String, String> settings,
        String version,
        Optional<String> model) {
    /** The same, done. */
    TrainingRecord with(String sha256) {
        return new TrainingRecord(dataSet, settings, version, Optional.of(sha256));
    }

    /** Whether another run would do the same. */
    boolean isLike(TrainingRecord other) {
        return dataSet.equals(other.dataSet) && settings.equals(other.settings);
    }
}

package org.chromaprep.learn;

import java.util.Arrays;

/**
 * What is done to features before a head sees them: (feature - mean) / scale. The scale is the feature's deviation over the
 * training pixels, plus a fiftieth of the largest of all so that features that hardly ever respond are not blown up, times
 * the root of its layer's number of channels, so that every layer has the same variance in total.
 *
 * @param mean a number a feature; kept and never written
 * @param scale a number a feature, above 0; kept and never written
 */
public record Standardisation(float[] mean, float[] scale) {
    /** Added to every deviation, for maps that are nothing but zeros. */
    private static final double LEAST_DEVIATION = 1e-3;

    private static final double SHARE_OF_LARGEST = 0.02;

    /**
     * @throws IllegalArgumentException if there is no feature, the arrays differ in length, or a scale is not above 0
     */
    public Standardisation {
        if (mean.length == 0 || mean.length != scale.length) {
            throw new IllegalArgumentException(
                    "Features have a mean and a scale each, not " + mean.length + " and " + scale.length + ".");
        }
        for (var i = 0; i < scale.length; i++) {
            if (!(scale[i] > 0) || !Float.isFinite(scale[i]) || !Float.isFinite(mean[i])) {
                throw new IllegalArgumentException("Feature " + i + " has a mean of " + mean[i] + " and a scale of "
                        + scale[i] + "; scales are above 0, and both are finite.");
            }
        }
    }

    /**
     * Measures the features of some pixels.
     *
     * @param rows hypercolumns, one after another
     * @param count how many, at least 1
     * @param layerEnds where each layer's features end, as the hypercolumn matrix says; the last is the number of features
     * @throws IllegalArgumentException if there are fewer numbers than that
     */
    public static Standardisation of(float[] rows, int count, int[] layerEnds) {
        var features = layerEnds[layerEnds.length - 1];
        if (count < 1 || rows.length < (long) count * features) {
            throw new IllegalArgumentException(count + " hypercolumns of " + features
                    + " features are not in an array of " + rows.length + " numbers.");
        }
        var mean = new double[features];
        for (var row = 0; row < count; row++) {
            for (var f = 0; f < features; f++) {
                mean[f] += rows[row * features + f];
            }
        }
        var squares = new double[features];
        Arrays.setAll(mean, f -> mean[f] / count);
        for (var row = 0; row < count; row++) {
            for (var f = 0; f < features; f++) {
                var off = rows[row * features + f] - mean[f];
                squares[f] += off * off;
            }
        }
        Arrays.setAll(squares, f -> Math.sqrt(squares[f] / count));
        var floor = LEAST_DEVIATION
                + SHARE_OF_LARGEST * Arrays.stream(squares).max().orElseThrow();
        var means = new float[features];
        var scales = new float[features];
        var begin = 0;
        for (var end : layerEnds) {
            for (var f = begin; f < end; f++) {
                means[f] = (float) mean[f];
                scales[f] = (float) ((squares[f] + floor) * Math.sqrt(end - begin));
            }
            begin = end;
        }
        return new Standardisation(means, scales);
    }

    /** Features of a hypercolumn. */
    public int features() {
        return mean.length;
    }

    /**
     * Standardises hypercolumns.
     *
     * @param rows hypercolumns, one after another
     * @param count how many
     * @param into receives each one's features at the beginning of a row of {@code rowLength} numbers
     * @param rowLength at least {@link #features}
     */
    public void apply(float[] rows, int count, float[] into, int rowLength) {
        for (var row = 0; row < count; row++) {
            var from = row * mean.length;
            var to = row * rowLength;
            for (var f = 0; f < mean.length; f++) {
                into[to + f] = (rows[from + f] - mean[f]) / scale[f];
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Standardisation that
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(scale, that.scale);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(scale);
    }

    @Override
    public String toString() {
        return "Standardisation[" + mean.length + " features]";
    }
}

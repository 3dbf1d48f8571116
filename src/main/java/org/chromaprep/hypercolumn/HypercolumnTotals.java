package org.chromaprep.hypercolumn;

import java.util.Arrays;

/**
 * Sums over one frame's hypercolumn matrix, in both directions: over all pixels for each feature, and over each layer's
 * features for each pixel. Memory that is made at the first use and written again for each frame; {@link
 * HypercolumnMatrix#totals} fills it. One thread at a time.
 */
public final class HypercolumnTotals {
    private double[] features = {};
    private float[][] layers = {};
    private double squares;
    private float[] ones = {};
    private float[] indicators = {};
    private float[] planes = {};
    private double[] norms = {};

    /** Makes room; what a matrix does before it writes. */
    void fit(HypercolumnMatrix x) {
        var ends = x.layerEnds();
        if (features.length != x.features() || layers.length != ends.length
                || layers[0].length != x.grid().pixels()) {
            features = new double[x.features()];
            layers = new float[ends.length][x.grid().pixels()];
        }
    }

    void setSquares(double sum) {
        squares = sum;
    }

    /** Fills these totals by a matrix's products alone; for matrices that have no cheaper way. */
    public void fillByProducts(HypercolumnMatrix x) {
        fit(x);
        var pixels = x.grid().pixels();
        if (planes.length != layers.length * pixels || indicators.length != layers.length * x.features()) {
            ones = new float[pixels];
            Arrays.fill(ones, 1);
            norms = new double[pixels];
            planes = new float[layers.length * pixels];
            indicators = new float[layers.length * x.features()];
            var ends = x.layerEnds();
            for (var layer = 0; layer < ends.length; layer++) {
                var column = layer * x.features();
                Arrays.fill(indicators, column + (layer == 0 ? 0 : ends[layer - 1]), column + ends[layer], 1);
            }
        }
        x.transposeTimes(ones, 1, features);
        x.times(indicators, layers.length, planes);
        for (var layer = 0; layer < layers.length; layer++) {
            System.arraycopy(planes, layer * pixels, layers[layer], 0, pixels);
        }
        x.squaredNorms(norms);
        squares = Arrays.stream(norms).sum();
    }

    /** The sum of each feature over all pixels, which is X' times ones. The array itself, not a copy. */
    public double[] features() {
        return features;
    }

    /** The sum of all pixels' squared Euclidean norms. */
    public double squares() {
        return squares;
    }

    /** How many layers the hypercolumns have. */
    public int layers() {
        return layers.length;
    }

    /**
     * Each pixel's sum over the features of one layer. The array itself, not a copy.
     *
     * @param layer its place in the hypercolumn, from 0
     */
    public float[] layer(int layer) {
        return layers[layer];
    }

    /**
     * Each pixel's average over all its features.
     *
     * @param plane receives a number a pixel
     */
    public void average(float[] plane) {
        System.arraycopy(layers[0], 0, plane, 0, layers[0].length);
        for (var layer : Arrays.asList(layers).subList(1, layers.length)) {
            for (var i = 0; i < layer.length; i++) {
                plane[i] += layer[i];
            }
        }
        var share = 1f / features.length;
        for (var i = 0; i < layers[0].length; i++) {
            plane[i] *= share;
        }
    }
}

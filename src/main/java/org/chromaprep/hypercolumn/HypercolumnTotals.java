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

    /**
     * Makes room; what a matrix does before it writes.
     *
     * @param columns features of a hypercolumn
     * @param layerCount layers of a hypercolumn
     * @param pixels of the grid
     */
    void fit(int columns, int layerCount, int pixels) {
        if (features.length != columns || layers.length != layerCount || layers[0].length != pixels) {
            features = new double[columns];
            layers = new float[layerCount][pixels];
        }
    }

    void setSquares(double sum) {
        squares = sum;
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

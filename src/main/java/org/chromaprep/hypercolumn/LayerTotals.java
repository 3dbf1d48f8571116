package org.chromaprep.hypercolumn;

/** One layer's part of {@link HypercolumnTotals}. Used by one thread at a time. */
interface LayerTotals {
    /**
     * Writes the sum of each of the layer's features over all pixels, and each pixel's sum over them.
     *
     * @param sums receives the map's channels from {@code at} on
     * @param plane receives a number a pixel of the grid
     * @param also hears of each position once, when it has been read
     * @return the sum of the features' squares over all pixels
     */
    double write(double[] sums, int at, float[] plane, Also also);

    /** What else is done with positions of a map while the cache holds them. */
    interface Also {
        /** Positions from {@code from} on have been read, {@code count} of them. */
        void read(int from, int count);
    }
}

package org.chromaprep.hypercolumn;

/** One layer's part of {@link HypercolumnTotals}, in some rows of its map. Used by one thread at a time. */
interface LayerTotals {
    /**
     * Writes the sum of each of the layer's features over the pixels that the rows give, and each position's sum over them.
     *
     * @param sums receives the map's channels
     * @param plane receives a number a position of those rows, at its own place of the whole map
     * @param also is called with each position once, when it has been read
     * @return the sum of the features' squares over those pixels
     */
    double write(double[] sums, float[] plane, Also also);

    /** What else is done with positions of a map while the cache holds them. */
    interface Also {
        /** Positions from {@code from} on have been read, {@code count} of them. */
        void read(int from, int count);
    }
}

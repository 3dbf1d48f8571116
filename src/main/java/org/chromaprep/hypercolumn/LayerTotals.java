package org.chromaprep.hypercolumn;

/** One layer's part of the sums over all pixels. Used by one thread at a time. */
sealed interface LayerTotals permits OwnTotals, EnlargedTotals {
    /** The cheapest way for a map and its enlargement. */
    static LayerTotals of(FeatureMap map, Bilinear bilinear) {
        return bilinear.isIdentity() ? new OwnTotals(map) : new EnlargedTotals(map, bilinear);
    }

    /**
     * Writes the sum of each of the layer's features over all pixels.
     *
     * @param sums receives the map's channels from {@code at} on
     * @return the sum of the features' squares over all pixels
     */
    double write(double[] sums, int at);
}

package org.chromaprep.hypercolumn;

/** One layer's part of the pixels' squared norms. Used by one thread at a time. */
sealed interface SquaredNorms permits OwnSquares, NeighbourProducts {
    /** The cheapest way for a map and its enlargement. */
    static SquaredNorms of(FeatureMap map, Bilinear bilinear) {
        return bilinear.isIdentity() ? new OwnSquares(map) : new NeighbourProducts(map, bilinear);
    }

    /** Adds the layer's part of each pixel's squared norm. */
    void addTo(double[] norms);
}

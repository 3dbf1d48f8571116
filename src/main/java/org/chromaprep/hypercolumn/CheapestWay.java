package org.chromaprep.hypercolumn;

/** Chooses how a layer's sums are taken: maps of the grid's own size need no enlargement. Stateless. */
final class CheapestWay {
    private CheapestWay() {}

    /** Of the layer's part of {@link HypercolumnTotals}, in some rows of its map. */
    static LayerTotals totals(FeatureMap map, Bilinear bilinear, int fromRow, int untilRow) {
        return bilinear.isIdentity()
                ? new OwnTotals(map, fromRow, untilRow)
                : new EnlargedTotals(map, bilinear, fromRow, untilRow);
    }

    /** Of the layer's part of the pixels' squared norms. */
    static SquaredNorms squaredNorms(FeatureMap map, Bilinear bilinear) {
        return bilinear.isIdentity() ? new OwnSquares(map) : new NeighbourProducts(map, bilinear);
    }
}

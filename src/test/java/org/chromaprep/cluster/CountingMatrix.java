package org.chromaprep.cluster;

import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;

/** Counts the whole products that are asked of another matrix. */
final class CountingMatrix implements HypercolumnMatrix {
    private final HypercolumnMatrix matrix;
    int wholeProducts;

    CountingMatrix(HypercolumnMatrix matrix) {
        this.matrix = matrix;
    }

    @Override
    public Grid grid() {
        return matrix.grid();
    }

    @Override
    public int features() {
        return matrix.features();
    }

    @Override
    public void times(float[] v, int columns, float[] planes) {
        wholeProducts++;
        matrix.times(v, columns, planes);
    }

    @Override
    public void times(float[] v, int[] pixels, int count, float[] plane) {
        matrix.times(v, pixels, count, plane);
    }

    @Override
    public void transposeTimes(float[] w, int columns, double[] sums) {
        matrix.transposeTimes(w, columns, sums);
    }

    @Override
    public void squaredNorms(double[] norms) {
        matrix.squaredNorms(norms);
    }

    @Override
    public void totals(HypercolumnTotals totals, float[] v, int columns, float[] planes) {
        wholeProducts += columns > 0 ? 1 : 0;
        matrix.totals(totals, v, columns, planes);
    }

    @Override
    public int[] layerEnds() {
        return matrix.layerEnds();
    }

    @Override
    public boolean isRectified() {
        return matrix.isRectified();
    }

    @Override
    public void gather(int[] pixels, float[] rows) {
        matrix.gather(pixels, rows);
    }
}

package org.chromaprep.hypercolumn;

import java.util.Arrays;

/**
 * The bilinear enlargement U of planes from a native size to the grid, and its exact transpose U'.
 *
 * <p>Half-pixel centres, edge clamp, no smoothing when the grid is smaller: what other libraries call {@code
 * align_corners=False} without antialiasing. U is separable, so both directions go axis by axis. An instance keeps
 * scratch memory for one plane and is used by one thread at a time.
 */
final class Bilinear {
    /** Rows of a plane that are added in float before they are passed on to double, which bounds the rounding. */
    private static final int FLOAT_ROWS = 32;

    private final BilinearAxis rows;
    private final BilinearAxis columns;
    private final float[][] wide;
    private final float[] partial;
    private final float[] row;
    private final double[] sum;

    /**
     * @param height native rows, at least 1
     * @param width native columns, at least 1
     * @param grid what to enlarge to
     */
    Bilinear(int height, int width, Grid grid) {
        this.rows = new BilinearAxis(height, grid.height());
        this.columns = new BilinearAxis(width, grid.width());
        this.wide = new float[height][grid.width()];
        this.partial = new float[grid.width()];
        this.row = new float[grid.width()];
        this.sum = new double[grid.width()];
    }

    BilinearAxis rows() {
        return rows;
    }

    BilinearAxis columns() {
        return columns;
    }

    /** Whether the native size is the grid's, so that U changes nothing. */
    boolean isIdentity() {
        return rows.from() == rows.to() && columns.from() == columns.to();
    }

    /**
     * Adds U times a plane.
     *
     * @param plane a native plane, row by row from {@code planeAt}
     * @param grid a plane of the grid from {@code gridAt}, which is added to
     */
    void addEnlarged(float[] plane, int planeAt, float[] grid, int gridAt) {
        var width = columns.to();
        for (var y = 0; y < rows.from(); y++) {
            columns.enlarge(plane, planeAt + y * columns.from(), wide[y], 0);
        }
        for (var y = 0; y < rows.to(); y++) {
            System.arraycopy(grid, gridAt + y * width, row, 0, width);
            addMixed(wide[rows.lower(y)], rows.lowerWeight(y), wide[rows.upper(y)], rows.upperWeight(y));
            System.arraycopy(row, 0, grid, gridAt + y * width, width);
        }
    }

    /** Here as in {@link #addRow} all arrays are used at the same place: the compiler makes vector instructions of that. */
    private void addMixed(float[] lower, float lowerWeight, float[] upper, float upperWeight) {
        for (var x = 0; x < row.length; x++) {
            row[x] += lowerWeight * lower[x] + upperWeight * upper[x];
        }
    }

    /** One number of U times a plane; the pixel's number counts row by row of the grid. */
    float enlarged(float[] plane, int pixel) {
        var y = pixel / columns.to();
        var x = pixel % columns.to();
        var above = rows.lower(y) * columns.from();
        var below = rows.upper(y) * columns.from();
        var left = columns.lower(x);
        var right = columns.upper(x);
        return rows.lowerWeight(y)
                        * (columns.lowerWeight(x) * plane[above + left] + columns.upperWeight(x) * plane[above + right])
                + rows.upperWeight(y)
                        * (columns.lowerWeight(x) * plane[below + left]
                                + columns.upperWeight(x) * plane[below + right]);
    }

    /**
     * U' times a plane.
     *
     * @param grid a plane of the grid from {@code gridAt}
     * @param plane receives a native plane from {@code planeAt}
     */
    void shrink(float[] grid, int gridAt, float[] plane, int planeAt) {
        for (var y = 0; y < rows.from(); y++) {
            Arrays.fill(sum, 0);
            for (var done = 0; done < rows.count(y); done += FLOAT_ROWS) {
                Arrays.fill(partial, 0);
                for (var i = done; i < Math.min(done + FLOAT_ROWS, rows.count(y)); i++) {
                    System.arraycopy(grid, gridAt + (rows.begin(y) + i) * columns.to(), row, 0, row.length);
                    addRow(rows.weight(y, i));
                }
                for (var x = 0; x < sum.length; x++) {
                    sum[x] += partial[x];
                }
            }
            columns.shrink(sum, plane, planeAt + y * columns.from());
        }
    }

    private void addRow(float weight) {
        for (var x = 0; x < row.length; x++) {
            partial[x] += weight * row[x];
        }
    }
}

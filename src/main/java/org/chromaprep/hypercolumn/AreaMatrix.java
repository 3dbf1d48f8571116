package org.chromaprep.hypercolumn;

import java.util.Arrays;

/**
 * The hypercolumns of an area of the grid alone, so that what is computed of them knows nothing of the bars beside a picture. Its
 * {@link #grid} is the area. Products are those of the whole grid, of which the other pixels are dropped, or count for nothing. One
 * thread at a time, as the matrix that it is made of.
 */
public final class AreaMatrix implements HypercolumnMatrix {
    private final HypercolumnMatrix whole;
    private final TotalsByProducts totalsByProducts = new TotalsByProducts();
    private final GridArea area;
    private float[] planes = {};
    private double[] norms = {};

    /**
     * @param whole of which this shows a part; used by this alone meanwhile
     * @param area inside its grid
     * @throws IllegalArgumentException if the area reaches beyond the grid
     */
    public AreaMatrix(HypercolumnMatrix whole, GridArea area) {
        if (area.top() + area.grid().height() > whole.grid().height()
                || area.left() + area.grid().width() > whole.grid().width()) {
            throw new IllegalArgumentException("The area " + area + " reaches beyond a grid of " + whole.grid() + ".");
        }
        this.whole = whole;
        this.area = area;
    }

    @Override
    public Grid grid() {
        return area.grid();
    }

    @Override
    public int features() {
        return whole.features();
    }

    @Override
    public void use(Crew helpers) {
        whole.use(helpers);
    }

    @Override
    public void times(float[] v, int columns, float[] inside) {
        var outer = room(columns);
        whole.times(v, columns, outer);
        for (var column = 0; column < columns; column++) {
            for (var y = 0; y < grid().height(); y++) {
                System.arraycopy(
                        outer, at(column, y), inside, column * grid().pixels() + y * grid().width(), grid().width());
            }
        }
    }

    @Override
    public void transposeTimes(float[] w, int columns, double[] sums) {
        var outer = room(columns);
        Arrays.fill(outer, 0, columns * whole.grid().pixels(), 0);
        for (var column = 0; column < columns; column++) {
            for (var y = 0; y < grid().height(); y++) {
                System.arraycopy(
                        w, column * grid().pixels() + y * grid().width(), outer, at(column, y), grid().width());
            }
        }
        whole.transposeTimes(outer, columns, sums);
    }

    private float[] room(int columns) {
        var length = Math.multiplyExact(columns, whole.grid().pixels());
        if (planes.length < length) {
            planes = new float[length];
        }
        return planes;
    }

    /** Where a row of this area begins in a plane of the whole grid. */
    private int at(int column, int row) {
        return column * whole.grid().pixels()
                + (area.top() + row) * whole.grid().width()
                + area.left();
    }

    @Override
    public void squaredNorms(double[] inside) {
        if (norms.length == 0) {
            norms = new double[whole.grid().pixels()];
        }
        whole.squaredNorms(norms);
        for (var y = 0; y < grid().height(); y++) {
            System.arraycopy(norms, at(0, y), inside, y * grid().width(), grid().width());
        }
    }

    @Override
    public void times(float[] v, int[] pixels, int count, float[] plane) {
        var outer = room(1);
        var mapped = outer(Arrays.copyOf(pixels, count));
        whole.times(v, mapped, count, outer);
        for (var i = 0; i < count; i++) {
            plane[pixels[i]] = outer[mapped[i]];
        }
    }

    @Override
    public void totals(HypercolumnTotals totals, float[] v, int columns, float[] inside) {
        totalsByProducts.take(this, totals);
        if (columns > 0) {
            times(v, columns, inside);
        }
    }

    @Override
    public int[] layerEnds() {
        return whole.layerEnds();
    }

    @Override
    public boolean isRectified() {
        return whole.isRectified();
    }

    @Override
    public void gather(int[] pixels, float[] rows) {
        whole.gather(outer(pixels), rows);
    }

    private int[] outer(int[] pixels) {
        var mapped = new int[pixels.length];
        for (var i = 0; i < pixels.length; i++) {
            if (pixels[i] < 0 || pixels[i] >= grid().pixels()) {
                throw new IndexOutOfBoundsException("Pixel " + pixels[i] + " lies outside an area of " + grid() + ".");
            }
            mapped[i] = area.outer(pixels[i], whole.grid());
        }
        return mapped;
    }
}

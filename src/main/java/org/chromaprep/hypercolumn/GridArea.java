package org.chromaprep.hypercolumn;

/**
 * A rectangle of a grid's pixels: where its picture is, and not the bars beside it.
 *
 * @param top the first row
 * @param left the first column
 * @param grid the rectangle's rows and columns
 */
public record GridArea(int top, int left, Grid grid) {
    /**
     * @throws IllegalArgumentException if it begins before the grid
     */
    public GridArea {
        if (top < 0 || left < 0) {
            throw new IllegalArgumentException(
                    "A part of a grid begins at row and column 0 at least, not " + top + ", " + left + ".");
        }
    }

    /** All of a grid. */
    public static GridArea whole(Grid grid) {
        return new GridArea(0, 0, grid);
    }

    /** Whether it is all of a grid. */
    public boolean covers(Grid whole) {
        return grid.equals(whole);
    }

    /** The number in the whole grid of a pixel of this area. */
    public int outer(int pixel, Grid whole) {
        return (top + pixel / grid.width()) * whole.width() + left + pixel % grid.width();
    }

    /** Whether a pixel of the whole grid is in it. */
    public boolean contains(int pixel, Grid whole) {
        var y = pixel / whole.width() - top;
        var x = pixel % whole.width() - left;
        return y >= 0 && x >= 0 && y < grid.height() && x < grid.width();
    }

    /** The number in this area of a pixel of the whole grid that is in it. */
    public int inner(int pixel, Grid whole) {
        return (pixel / whole.width() - top) * grid.width() + pixel % whole.width() - left;
    }

    /** This area without so many pixels along each edge; whatever is left is one pixel at least. */
    public GridArea without(int margin) {
        var rows = Math.min(margin, (grid.height() - 1) / 2);
        var columns = Math.min(margin, (grid.width() - 1) / 2);
        return new GridArea(top + rows, left + columns, new Grid(grid.height() - 2 * rows, grid.width() - 2 * columns));
    }
}

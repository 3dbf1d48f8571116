package org.chromaprep.hypercolumn;

import java.util.Objects;

/**
 * The shape of a hypercolumn matrix, and what its products ask of the arrays that they are given.
 *
 * @param grid the pixel grid: {@code grid.pixels()} rows
 * @param features columns, at least 1
 */
public record HypercolumnShape(Grid grid, int features) {
    /**
     * Looks at the arrays of a product.
     *
     * @param columns of V or W
     * @param featureNumbers length of the array that has {@code features} numbers a column
     * @param pixelNumbers length of the array that has a plane a column
     * @throws IllegalArgumentException if there is no column or an array is too short
     */
    public void checkProduct(int columns, int featureNumbers, int pixelNumbers) {
        if (columns < 1
                || featureNumbers < (long) columns * features
                || pixelNumbers < (long) columns * grid.pixels()) {
            throw new IllegalArgumentException("A product with " + columns + " columns needs at least one column, "
                    + features + " numbers a column and " + grid.pixels() + " a plane; the arrays hold "
                    + featureNumbers + " and " + pixelNumbers + ".");
        }
    }

    /**
     * Looks at the arrays that rows are gathered by.
     *
     * @throws IllegalArgumentException if {@code rows} is too short for so many pixels
     * @throws IndexOutOfBoundsException if a pixel lies outside the grid
     */
    public void checkGather(int[] pixels, float[] rows) {
        if (rows.length < (long) pixels.length * features) {
            throw new IllegalArgumentException(pixels.length + " hypercolumns need " + (long) pixels.length * features
                    + " numbers; the array holds " + rows.length + ".");
        }
        for (var pixel : pixels) {
            Objects.checkIndex(pixel, grid.pixels());
        }
    }
}

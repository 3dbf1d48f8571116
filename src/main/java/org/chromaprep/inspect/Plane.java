package org.chromaprep.inspect;

import org.chromaprep.hypercolumn.Grid;

/**
 * One number for each pixel, row by row. The array is shared, not copied: nobody writes to it after construction.
 *
 * @param name unique within an inspection; what its file is called
 * @param grid how many rows and columns
 * @param values {@code grid.pixels()} numbers
 */
public record Plane(String name, Grid grid, float[] values) {
    /** The smallest number. */
    public float min() {
        var min = values[0];
        for (var value : values) {
            min = Math.min(min, value);
        }
        return min;
    }

    /** The greatest number. */
    public float max() {
        var max = values[0];
        for (var value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** The numbers' mean. */
    public double mean() {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}

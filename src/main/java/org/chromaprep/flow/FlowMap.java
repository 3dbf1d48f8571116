package org.chromaprep.flow;

import java.util.Arrays;
import org.chromaprep.hypercolumn.Grid;

/**
 * Where each pixel of one frame lies in another, in the other's pixels: 0 is the centre of its first column or row. Places
 * outside the other frame are possible. Immutable but for the arrays, which nobody writes once the map is made.
 *
 * @param grid of both frames
 * @param x columns, a number a pixel
 * @param y rows, a number a pixel
 */
public record FlowMap(Grid grid, float[] x, float[] y) {
    /**
     * @throws IllegalArgumentException if there is not a number a pixel
     */
    public FlowMap {
        if (x.length != grid.pixels() || y.length != grid.pixels()) {
            throw new IllegalArgumentException("A map of " + grid + " has " + grid.pixels() + " places, not " + x.length
                    + " and " + y.length + ".");
        }
    }

    /** The map of a frame to itself. */
    public static FlowMap identity(Grid grid) {
        var x = new float[grid.pixels()];
        var y = new float[grid.pixels()];
        for (var i = 0; i < x.length; i++) {
            x[i] = i % grid.width();
            y[i] = i / grid.width();
        }
        return new FlowMap(grid, x, y);
    }

    /** The map that goes along this one first and along the other from there. */
    public FlowMap then(FlowMap other) {
        return new FlowMap(grid, sample(other.x), sample(other.y));
    }

    /** A plane of the other frame, seen from this one: bilinear between its pixels, its edge beyond it. */
    public float[] sample(float[] plane) {
        var seen = new float[grid.pixels()];
        for (var i = 0; i < seen.length; i++) {
            seen[i] = at(plane, 1, 0, i);
        }
        return seen;
    }

    /**
     * A number of the other frame where a pixel of this one lies in it.
     *
     * @param numbers of the other frame, {@code each} a pixel
     * @param each numbers a pixel
     * @param which of them
     */
    float at(float[] numbers, int each, int which, int pixel) {
        var column = Math.min(Math.max(x[pixel], 0), grid.width() - 1);
        var row = Math.min(Math.max(y[pixel], 0), grid.height() - 1);
        var left = (int) column;
        var top = (int) row;
        var right = Math.min(left + 1, grid.width() - 1);
        var bottom = Math.min(top + 1, grid.height() - 1);
        var across = column - left;
        var down = row - top;
        var upper = numbers[each * (top * grid.width() + left) + which] * (1 - across)
                + numbers[each * (top * grid.width() + right) + which] * across;
        var lower = numbers[each * (bottom * grid.width() + left) + which] * (1 - across)
                + numbers[each * (bottom * grid.width() + right) + which] * across;
        return upper * (1 - down) + lower * down;
    }

    /** Whether a pixel lies in the other frame at all. */
    boolean isInside(int pixel) {
        return x[pixel] >= -0.5f
                && y[pixel] >= -0.5f
                && x[pixel] <= grid.width() - 0.5f
                && y[pixel] <= grid.height() - 0.5f;
    }

    /** The map between this and another, as of a frame between theirs; 0 is this one, 1 the other. */
    FlowMap towards(FlowMap other, float share) {
        return new FlowMap(grid, mixed(x, other.x, share), mixed(y, other.y, share));
    }

    private static float[] mixed(float[] one, float[] other, float share) {
        var mixed = new float[one.length];
        for (var i = 0; i < mixed.length; i++) {
            mixed[i] = one[i] + share * (other[i] - one[i]);
        }
        return mixed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowMap map
                && grid.equals(map.grid)
                && Arrays.equals(x, map.x)
                && Arrays.equals(y, map.y);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(x) + Arrays.hashCode(y);
    }

    @Override
    public String toString() {
        return "FlowMap[" + grid + "]";
    }
}

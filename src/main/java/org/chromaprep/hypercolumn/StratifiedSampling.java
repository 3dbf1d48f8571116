package org.chromaprep.hypercolumn;

import java.util.Arrays;

/**
 * Chooses pixels of a grid at random but evenly spread: the grid is cut into as many cells of nearly equal size as
 * pixels are wanted, and one pixel is drawn from each.
 *
 * <p>The choice depends on nothing but grid, count, seed and frame. Immutable; any number of threads may use it.
 *
 * @param grid where to choose
 * @param count how many pixels, at least 0; where the grid has no more pixels than that, each is chosen once
 * @param seed of the whole run
 */
public record StratifiedSampling(Grid grid, int count, long seed) {
    /** 2^64 over the golden ratio: the step of the Weyl sequence in Steele et al., "Fast Splittable PRNGs", 2014. */
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /**
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public StratifiedSampling {
        if (count < 0) {
            throw new IllegalArgumentException("The number of samples must be 0 or more, not " + count + ".");
        }
    }

    /** How many pixels {@link #pixels} returns: {@code count}, or all the grid has. */
    public int size() {
        return Math.min(count, grid.pixels());
    }

    /**
     * The chosen pixel numbers of a frame, ascending and different from each other.
     *
     * @param frame the frame's number
     */
    public int[] pixels(long frame) {
        var size = size();
        var pixels = new int[size];
        if (size == grid.pixels()) {
            Arrays.setAll(pixels, i -> i);
            return pixels;
        }
        var state = mix(mix(seed + GOLDEN) + frame * GOLDEN);
        // Bands of whole rows would be uneven where the height is no multiple of their number; so bands are cut in
        // proportion of area, and each band into cells of its width.
        var bands = (int) Math.max(
                1,
                Math.min(
                        Math.min(grid.height(), size),
                        Math.round(Math.sqrt((double) size * grid.height() / grid.width()))));
        var next = 0;
        for (var band = 0; band < bands; band++) {
            var top = (int) ((long) band * grid.height() / bands);
            var bottom = (int) ((long) (band + 1) * grid.height() / bands);
            var until = (int) ((long) size * bottom / grid.height());
            state = draw(pixels, next, until, top, bottom, state);
            next = until;
        }
        Arrays.sort(pixels);
        return pixels;
    }

    /** One pixel from each of {@code until - from} cells: runs of equal length of the band, read column by column. */
    private long draw(int[] pixels, int from, int until, int top, int bottom, long state) {
        var height = bottom - top;
        var area = (long) height * grid.width();
        var cells = until - from;
        for (var i = 0; i < cells; i++) {
            var begin = i * area / cells;
            var end = (i + 1) * area / cells;
            state += GOLDEN;
            var place = (int) (begin + Math.multiplyHigh(mix(state) >>> 1, 2 * (end - begin)));
            pixels[from + i] = (top + place % height) * grid.width() + place / height;
        }
        return state;
    }

    /** Scatters a number's bits (SplitMix64's finisher). */
    public static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

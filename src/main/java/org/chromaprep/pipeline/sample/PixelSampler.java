package org.chromaprep.pipeline.sample;

import java.util.Arrays;
import java.util.Optional;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.StratifiedSampling;
import org.chromaprep.hypercolumn.WeightedSampling;

/** Chooses the pixels of each frame that are sampled. One thread. */
public final class PixelSampler {
    /** Steps of a*, b* that count as one colour. */
    private static final float COLOUR_STEP = 10;
    private static final int COLOURS = 32;
    /** Flat parts keep a small chance. */
    private static final float LEAST_SLOPE = 1;

    private final Grid grid;
    private final PixelChoice choice;
    private final Grid inner;
    private final StratifiedSampling even;
    private final WeightedSampling weighted;
    private final float[] weights;
    private final int[] colourOf;
    private final int[] colourCounts = new int[COLOURS * COLOURS];

    /**
     * @throws IllegalArgumentException if the margin leaves nothing
     */
    public PixelSampler(Grid grid, PixelChoice choice, int samples, long seed) {
        this.grid = grid;
        this.choice = choice;
        var border = 2 * choice.margin();
        if (border >= Math.min(grid.width(), grid.height())) {
            throw new IllegalArgumentException("--sample-margin " + choice.margin() + " leaves no pixel of a grid of "
                    + grid.width() + "x" + grid.height() + ".");
        }
        inner = new Grid(grid.height() - border, grid.width() - border);
        even = new StratifiedSampling(inner, samples, seed);
        weighted = new WeightedSampling(grid.pixels(), even.size(), seed);
        weights = new float[grid.pixels()];
        colourOf = new int[grid.pixels()];
    }

    /** How many pixels a frame gives. */
    public int size() {
        return even.size();
    }

    /**
     * The frame's pixels, ascending.
     *
     * @param ab the frame's a*, b*, where it has colour
     */
    public int[] pixels(long frame, byte[] luma, Optional<float[]> ab) {
        if (choice.sampling() == PixelChoice.Sampling.GRID) {
            var pixels = even.pixels(frame);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (pixels[i] / inner.width() + choice.margin()) * grid.width()
                        + pixels[i] % inner.width() + choice.margin();
            }
            return pixels;
        }
        Arrays.fill(weights, 1);
        if (choice.sampling() == PixelChoice.Sampling.EDGES) {
            weighEdges(luma);
        } else if (choice.sampling() == PixelChoice.Sampling.COLOUR) {
            ab.ifPresent(this::weighColours);
        }
        leaveMargin();
        return weighted.pixels(frame, weights);
    }

    private void weighEdges(byte[] luma) {
        var width = grid.width();
        for (int y = 0; y < grid.height(); y++) {
            var above = Math.max(0, y - 1) * width;
            var below = Math.min(grid.height() - 1, y + 1) * width;
            for (int x = 0; x < width; x++) {
                var across = (luma[y * width + Math.min(width - 1, x + 1)] & 255) - (luma[y * width + Math.max(0, x - 1)] & 255);
                var down = (luma[below + x] & 255) - (luma[above + x] & 255);
                weights[y * width + x] = LEAST_SLOPE + Math.abs(across) + Math.abs(down);
            }
        }
    }

    private void weighColours(float[] ab) {
        Arrays.fill(colourCounts, 0);
        for (int i = 0; i < colourOf.length; i++) {
            colourOf[i] = bin(ab[2 * i]) * COLOURS + bin(ab[2 * i + 1]);
            colourCounts[colourOf[i]]++;
        }
        for (int i = 0; i < colourOf.length; i++) {
            weights[i] = 1f / colourCounts[colourOf[i]];
        }
    }

    private static int bin(float value) {
        return Math.max(0, Math.min(COLOURS - 1, Math.round(value / COLOUR_STEP) + COLOURS / 2));
    }

    private void leaveMargin() {
        var margin = choice.margin();
        for (int i = 0; i < weights.length && margin > 0; i++) {
            var x = i % grid.width();
            var y = i / grid.width();
            if (Math.min(x, y) < margin || x >= grid.width() - margin || y >= grid.height() - margin) {
                weights[i] = 0;
            }
        }
    }
}

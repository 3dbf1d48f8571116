package org.chromaprep.pipeline.sample;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.GridArea;
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
    private final int samples;
    private final long seed;
    private final WeightedSampling weighted;
    private final float[] weights;
    private final int[] colourOf;
    private final int[] colourCounts = new int[COLOURS * COLOURS];
    private GridArea area;
    private GridArea inner;
    private StratifiedSampling even;

    /**
     * @param film what makes films of one seed draw different pixels: its name, for one
     * @throws IllegalArgumentException if the margin leaves nothing
     */
    public PixelSampler(Grid grid, PixelChoice choice, int samples, long seed, String film) {
        this.grid = grid;
        this.choice = choice;
        this.samples = samples;
        this.seed = StratifiedSampling.mix(seed ^ hash(film));
        if (2 * choice.margin() >= Math.min(grid.width(), grid.height())) {
            throw new IllegalArgumentException("`sample-margin` " + choice.margin() + " leaves no pixel of a grid of "
                    + grid.width() + "x" + grid.height() + ".");
        }
        area = GridArea.whole(grid);
        inner = area.without(choice.margin());
        even = new StratifiedSampling(inner.grid(), samples, this.seed);
        weighted = new WeightedSampling(grid.pixels(), even.size(), this.seed);
        weights = new float[grid.pixels()];
        colourOf = new int[grid.pixels()];
    }

    // FNV-1a, for String.hashCode has 32 bits.
    private static long hash(String text) {
        var hash = 0xCBF29CE484222325L;
        for (var letter : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ letter) * 0x100000001B3L;
        }
        return hash;
    }

    /** How many pixels a frame gives at most; frames give fewer where their picture has no more. */
    public int size() {
        return Math.min(
                samples, GridArea.whole(grid).without(choice.margin()).grid().pixels());
    }

    /**
     * The frame's pixels, ascending.
     *
     * @param picture where in the grid its picture is; the margin is of the picture's edges
     * @param ab the frame's a*, b*, where it has colour
     */
    public int[] pixels(long frame, byte[] luma, GridArea picture, Optional<float[]> ab) {
        if (!picture.equals(area)) {
            area = picture;
            inner = picture.without(choice.margin());
            even = new StratifiedSampling(inner.grid(), samples, seed);
        }
        if (choice.sampling() == PixelChoice.Sampling.GRID) {
            var pixels = even.pixels(frame);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = inner.outer(pixels[i], grid);
            }
            return pixels;
        }
        Arrays.fill(weights, 1);
        if (choice.sampling() == PixelChoice.Sampling.EDGES) {
            weighEdges(luma);
        } else if (choice.sampling() == PixelChoice.Sampling.COLOUR) {
            ab.ifPresent(this::weighColours);
        }
        leaveTheRest();
        return weighted.pixels(frame, weights);
    }

    // Neighbours are taken inside the picture: its edge against a bar is no edge in it.
    private void weighEdges(byte[] luma) {
        var rows = area.grid().height();
        var columns = area.grid().width();
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                var across = grey(luma, y, Math.min(columns - 1, x + 1)) - grey(luma, y, Math.max(0, x - 1));
                var down = grey(luma, Math.min(rows - 1, y + 1), x) - grey(luma, Math.max(0, y - 1), x);
                weights[(area.top() + y) * grid.width() + area.left() + x] =
                        LEAST_SLOPE + Math.abs(across) + Math.abs(down);
            }
        }
    }

    private int grey(byte[] luma, int row, int column) {
        return luma[(area.top() + row) * grid.width() + area.left() + column] & 255;
    }

    private void weighColours(float[] ab) {
        Arrays.fill(colourCounts, 0);
        for (int i = 0; i < colourOf.length; i++) {
            colourOf[i] = bin(ab[2 * i]) * COLOURS + bin(ab[2 * i + 1]);
            colourCounts[colourOf[i]] += area.contains(i, grid) ? 1 : 0;
        }
        for (int i = 0; i < colourOf.length; i++) {
            weights[i] = 1f / Math.max(1, colourCounts[colourOf[i]]);
        }
    }

    private static int bin(float value) {
        return Math.max(0, Math.min(COLOURS - 1, Math.round(value / COLOUR_STEP) + COLOURS / 2));
    }

    private void leaveTheRest() {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = inner.contains(i, grid) ? weights[i] : 0;
        }
    }
}

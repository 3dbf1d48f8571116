package org.chromaprep.learn;

import java.util.Arrays;
import java.util.List;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.PlaneProduct;

/**
 * Runs an ensemble of heads on frames. A head's first layer is the product X V of the frame's matrix, with the
 * standardisation folded into V; what follows is computed in stretches of pixels that stay in the processor's cache. Needs 256
 * bytes a pixel for the first layer's planes, whatever the number of heads. One thread at a time.
 */
public final class HeadRunner {
    /** Pixels of a stretch at least, but for the last: whole rows of the grid. */
    private static final int STRETCH = 1024;

    private final Grid grid;
    private final int features;
    private final List<Prepared> heads;
    private final int rows;
    private final float[] planes;
    private final float[] stretch;
    private final float[] next;
    private final float[] across;
    private final float[] colours;
    private final float[] sums;
    private final float[] squares;

    /** A head whose standardisation is folded into its first layer, and its products for stretches of one grid. */
    private record Prepared(Head head, float[] directions, float[] offsets, List<PlaneProduct> products) {}

    /**
     * @param heads of one ensemble, at least one; all of one number of features
     * @param grid of the frames
     * @throws IllegalArgumentException if there is no head, or they differ in their features
     */
    public HeadRunner(List<Head> heads, Grid grid) {
        if (heads.isEmpty()
                || heads.stream().mapToInt(Head::features).distinct().count() != 1) {
            throw new IllegalArgumentException("An ensemble has heads of one number of features, and one at least.");
        }
        this.grid = grid;
        features = heads.get(0).features();
        rows = Math.max(1, STRETCH / grid.width());
        this.heads =
                heads.stream().map(head -> prepare(head, rows * grid.width())).toList();
        var hidden = heads.stream()
                .mapToInt(head -> head.layers().get(0).outputs())
                .max()
                .orElseThrow();
        planes = new float[Math.multiplyExact(hidden, grid.pixels())];
        var widest = heads.stream()
                .flatMap(head -> head.layers().stream())
                .mapToInt(Dense::outputs)
                .max()
                .orElseThrow();
        stretch = new float[widest * rows * grid.width()];
        next = new float[stretch.length];
        across = new float[grid.width()];
        colours = new float[2 * grid.pixels()];
        sums = new float[2 * grid.pixels()];
        squares = new float[grid.pixels()];
    }

    private static Prepared prepare(Head head, int stretch) {
        var first = head.layers().get(0);
        var features = head.features();
        var standard = head.standardisation();
        var directions = new float[first.outputs() * features];
        var offsets = new float[first.outputs()];
        for (var j = 0; j < first.outputs(); j++) {
            var offset = (double) first.biases()[j];
            for (var f = 0; f < features; f++) {
                var weight = (double) first.weights()[j * first.inputs() + f] / standard.scale()[f];
                directions[j * features + f] = (float) weight;
                offset -= directions[j * features + f] * (double) standard.mean()[f];
            }
            offsets[j] = (float) offset;
        }
        var products = head.layers().stream()
                .skip(1)
                .map(layer -> new PlaneProduct(layer.weights(), layer.outputs(), layer.inputs(), stretch))
                .toList();
        return new Prepared(head, directions, offsets, products);
    }

    /**
     * Colours a frame.
     *
     * @param x the frame's hypercolumns
     * @param ab receives the heads' mean a*, b* of each pixel, one after the other, row by row
     * @param disagreement receives for each pixel how far the heads are from their mean: the root of the mean variance of
     *     a* and b* over the heads; 0 for a single head
     * @throws IllegalArgumentException if the frame has another grid or other features, or an array is too short
     */
    public void run(HypercolumnMatrix x, float[] ab, float[] disagreement) {
        if (!x.grid().equals(grid) || x.features() != features) {
            throw new IllegalArgumentException("Heads for " + features + " features on " + grid
                    + " cannot colour a frame of " + x.features() + " on " + x.grid() + ".");
        }
        var pixels = grid.pixels();
        if (ab.length < 2 * pixels || disagreement.length < pixels) {
            throw new IllegalArgumentException("Colours of " + pixels + " pixels do not fit into arrays of " + ab.length
                    + " and " + disagreement.length + " numbers.");
        }
        Arrays.fill(sums, 0);
        Arrays.fill(squares, 0);
        for (var i = 0; i < heads.size(); i++) {
            run(heads.get(i), x);
            add(i);
        }
        var count = heads.size();
        for (var i = 0; i < 2 * pixels; i++) {
            ab[i] = sums[i];
        }
        for (var i = 0; i < pixels; i++) {
            disagreement[i] = count == 1 ? 0 : (float) Math.sqrt(squares[i] / (2 * (count - 1)));
        }
    }

    /** Welford's way: means, and sums of squares about them, that lose nothing where heads nearly agree. */
    private void add(int before) {
        for (var i = 0; i < squares.length; i++) {
            for (var c = 2 * i; c < 2 * i + 2; c++) {
                var off = colours[c] - sums[c];
                sums[c] += off / (before + 1);
                squares[i] += off * (colours[c] - sums[c]);
            }
        }
    }

    private void run(Prepared head, HypercolumnMatrix x) {
        var first = head.head().layers().get(0);
        var hidden = first.outputs();
        x.times(head.directions(), hidden, planes);
        for (var top = 0; top < grid.height(); top += rows) {
            var here = Math.min(rows, grid.height() - top);
            begin(first, head.offsets(), top, here, stretch);
            var length = here * grid.width();
            var from = stretch;
            var to = next;
            for (var i = 0; i < head.products().size(); i++) {
                var layer = head.head().layers().get(i + 1);
                head.products().get(i).multiply(from, length, to);
                addBiases(layer.biases(), length, i + 1 < head.products().size(), to);
                var swap = from;
                from = to;
                to = swap;
            }
            head.head().target().decode(from, length, colours, 2 * top * grid.width());
        }
    }

    /** The first layer's outputs of some rows: the planes, what the place adds, rectified. */
    private void begin(Dense first, float[] offsets, int top, int rows, float[] into) {
        var width = grid.width();
        var length = rows * width;
        for (var j = 0; j < first.outputs(); j++) {
            var down = first.weights()[j * first.inputs() + features];
            var right = first.weights()[j * first.inputs() + features + 1];
            for (var column = 0; column < width; column++) {
                across[column] = right * Place.of(column, width) + offsets[j];
            }
            for (var row = 0; row < rows; row++) {
                addPlace(
                        j * grid.pixels() + (top + row) * width,
                        down * Place.of(top + row, grid.height()),
                        into,
                        j * length + row * width);
            }
        }
    }

    private void addPlace(int from, float added, float[] into, int at) {
        for (var column = 0; column < across.length; column++) {
            into[at + column] = Math.max(0, planes[from + column] + across[column] + added);
        }
    }

    private static void addBiases(float[] biases, int pixels, boolean rectify, float[] planes) {
        for (var j = 0; j < biases.length; j++) {
            for (var i = j * pixels; i < (j + 1) * pixels; i++) {
                var sum = planes[i] + biases[j];
                planes[i] = rectify ? Math.max(0, sum) : sum;
            }
        }
    }
}

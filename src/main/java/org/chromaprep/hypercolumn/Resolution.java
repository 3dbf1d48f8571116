package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * All layers of one native size: their planes are added up before the one enlargement that they share.
 *
 * <p>Products read the maps in blocks of rows. Sums over positions are added in float within a block and in double
 * beyond it. Used by one thread at a time.
 */
final class Resolution {
    /** Most positions in a block: the block's numbers stay in the second-level cache, and its float sums precise. */
    private static final int BLOCK_ROWS = 256;
    /** Fewest blocks of a map: rounding errors of several float sums cancel out, those of one do not. */
    private static final int BLOCKS = 16;
    /** Positions that are read or skipped together where W is zero: few enough to skip much, enough to be worth a call. */
    private static final int STRETCH = 16;

    /** A layer and the place of its first feature in the hypercolumn. */
    record Layer(FeatureMap map, int firstFeature, FloatPointer pointer) {}

    private final List<Layer> layers;
    private final Bilinear bilinear;
    private final int positions;
    private final int features;
    private FloatBuffer planes = Blas.allocate(0);
    private FloatPointer planesPointer = Blas.pointer(planes);
    private FloatBuffer sums = Blas.allocate(0);
    private FloatPointer sumsPointer = Blas.pointer(sums);
    private final float[] plane;
    private final boolean[] used;
    private float[] blockSums = {};

    /**
     * @param layers at least one, all of one size
     * @param features of a hypercolumn, all layers of all sizes
     */
    Resolution(List<Layer> layers, Grid grid, int features) {
        var first = layers.get(0).map();
        this.layers = layers;
        this.bilinear = new Bilinear(first.height(), first.width(), grid);
        this.positions = first.positions();
        this.features = features;
        this.plane = new float[positions];
        this.used = new boolean[(positions + STRETCH - 1) / STRETCH];
    }

    List<Layer> layers() {
        return layers;
    }

    Bilinear bilinear() {
        return bilinear;
    }

    private void reserve(int columns) {
        if (planes.capacity() < (long) columns * positions) {
            planes = Blas.allocate((long) columns * positions);
            planesPointer = Blas.pointer(planes);
            var widest = layers.stream().mapToInt(layer -> layer.map().channels()).max().orElseThrow();
            sums = Blas.allocate((long) columns * widest);
            sumsPointer = Blas.pointer(sums);
            blockSums = new float[columns * widest];
        }
    }

    /** Adds this resolution's part of X V. */
    void addTimes(FloatPointer v, int columns, float[] grid, int pixels) {
        reserve(columns);
        var beta = 0f;
        for (var i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            var channels = layer.map().channels();
            layer.pointer().position(0);
            v.position(layer.firstFeature());
            planesPointer.position(0);
            if (columns == 1) {
                Blas.multiply(false, positions, channels, layer.pointer(), v, beta, planesPointer);
            } else {
                Blas.multiply(true, columns, positions, channels, v, features, layer.pointer(), channels, beta,
                        planesPointer, positions);
            }
            beta = 1;
        }
        for (var j = 0; j < columns; j++) {
            planes.get(j * positions, plane);
            if (bilinear.isIdentity()) {
                add(grid, j * pixels);
            } else {
                bilinear.addEnlarged(plane, 0, grid, j * pixels);
            }
        }
    }

    private void add(float[] grid, int at) {
        for (var i = 0; i < plane.length; i++) {
            grid[at + i] += plane[i];
        }
    }

    /** Writes this resolution's features of X'W. Stretches of positions where all of W is zero are not read. */
    void transposeTimes(float[] w, int columns, int pixels, double[] result) {
        reserve(columns);
        Arrays.fill(used, false);
        for (var j = 0; j < columns; j++) {
            if (bilinear.isIdentity()) {
                System.arraycopy(w, j * pixels, plane, 0, positions);
            } else {
                bilinear.shrink(w, j * pixels, plane, 0);
            }
            planes.put(j * positions, plane);
            markUsed();
        }
        for (var i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            for (var j = 0; j < columns; j++) {
                var at = j * features + layer.firstFeature();
                Arrays.fill(result, at, at + layer.map().channels(), 0);
            }
            var rows = Math.max(1, Math.min(BLOCK_ROWS, positions / BLOCKS));
            for (var p = 0; p < positions; p += rows) {
                addBlock(layer, p, Math.min(p + rows, positions), columns, result);
            }
        }
    }

    private void markUsed() {
        for (var i = 0; i < used.length; i++) {
            var end = Math.min(positions, (i + 1) * STRETCH);
            for (var p = i * STRETCH; p < end && !used[i]; p++) {
                used[i] = plane[p] != 0;
            }
        }
    }

    private void addBlock(Layer layer, int from, int to, int columns, double[] result) {
        var channels = layer.map().channels();
        var beta = 0f;
        var p = from;
        while (p < to) {
            var end = p;
            while (end < to && used[end / STRETCH]) {
                end = Math.min(to, (end / STRETCH + 1) * STRETCH);
            }
            if (end > p) {
                addRun(layer, p, end - p, columns, beta);
                beta = 1;
            }
            p = Math.min(to, (end / STRETCH + 1) * STRETCH);
        }
        if (beta == 0) {
            return;
        }
        sums.get(0, blockSums, 0, columns * channels);
        for (var j = 0; j < columns; j++) {
            addTo(result, j * features + layer.firstFeature(), j * channels, channels);
        }
    }

    private void addRun(Layer layer, int from, int rows, int columns, float beta) {
        var channels = layer.map().channels();
        layer.pointer().position((long) from * channels);
        planesPointer.position(from);
        if (columns == 1) {
            Blas.multiply(true, rows, channels, layer.pointer(), planesPointer, beta, sumsPointer);
        } else {
            Blas.multiply(false, columns, channels, rows, planesPointer, positions, layer.pointer(), channels, beta,
                    sumsPointer, channels);
        }
    }

    private void addTo(double[] result, int at, int from, int count) {
        for (var c = 0; c < count; c++) {
            result[at + c] += blockSums[from + c];
        }
    }
}

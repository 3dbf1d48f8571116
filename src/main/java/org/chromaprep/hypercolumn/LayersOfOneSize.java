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
final class LayersOfOneSize {
    /** Most positions in a block: the block's numbers stay in the second-level cache, and its float sums precise. */
    private static final int BLOCK_ROWS = 256;
    /** Fewest blocks of a map: rounding errors of several float sums cancel out, those of one do not. */
    private static final int BLOCKS = 16;
    /** Positions that are read or skipped together where W is zero: few enough to skip much, enough to be worth a call. */
    private static final int STRETCH = 8;

    /** Columns up to which products with a vector cost less than one with a matrix. */
    private static final int FEW_COLUMNS = 5;

    /** A layer, its place in the hypercolumn from 0, and that of its first feature. */
    record Layer(FeatureMap map, int place, int firstFeature, FloatPointer pointer) {}

    private final List<Layer> layers;
    private final List<LayerTotals> totals;
    private final Products products = new Products();
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
    LayersOfOneSize(List<Layer> layers, Grid grid, int features) {
        var first = layers.get(0).map();
        this.layers = layers;
        this.bilinear = new Bilinear(first.height(), first.width(), grid);
        this.totals = layers.stream().map(layer -> CheapestWay.totals(layer.map(), bilinear)).toList();
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
            if (columns <= FEW_COLUMNS) {
                multiplyOneByOne(layer, v, columns, beta);
            } else {
                layer.pointer().position(0);
                v.position(layer.firstFeature());
                planesPointer.position(0);
                Blas.multiply(true, columns, positions, channels, v, features, layer.pointer(), channels, beta,
                        planesPointer, positions);
            }
            beta = 1;
        }
        addPlanes(columns, grid, pixels);
    }

    private void addPlanes(int columns, float[] grid, int pixels) {
        for (var j = 0; j < columns; j++) {
            planes.get(j * positions, plane);
            if (bilinear.isIdentity()) {
                add(grid, j * pixels);
            } else {
                bilinear.addEnlarged(plane, 0, grid, j * pixels);
            }
        }
    }

    /** Column after column, in blocks that the cache holds from one column to the next. */
    private void multiplyOneByOne(Layer layer, FloatPointer v, int columns, float beta) {
        for (var p = 0; p < positions; p += BLOCK_ROWS) {
            multiplyBlock(layer, v, columns, beta, p, Math.min(BLOCK_ROWS, positions - p));
        }
    }

    private void multiplyBlock(Layer layer, FloatPointer v, int columns, float beta, int from, int count) {
        var channels = layer.map().channels();
        layer.pointer().position((long) from * channels);
        for (var j = 0; j < columns; j++) {
            v.position((long) j * features + layer.firstFeature());
            planesPointer.position((long) j * positions + from);
            Blas.multiply(false, count, channels, layer.pointer(), v, beta, planesPointer);
        }
    }

    /**
     * Writes these layers' totals and adds their part of X V.
     *
     * @return the sum of the features' squares over all pixels
     */
    double writeTotals(HypercolumnTotals into, FloatPointer v, int columns, float[] grid, int pixels) {
        reserve(columns);
        var together = columns <= FEW_COLUMNS ? columns : 0;
        var squares = 0.0;
        for (var i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            products.begin(layer, v, together, i == 0 ? 0 : 1);
            squares += totals.get(i).write(into.features(), layer.firstFeature(), into.layer(layer.place()), products);
        }
        if (together > 0) {
            addPlanes(columns, grid, pixels);
        } else if (columns > 0) {
            addTimes(v, columns, grid, pixels);
        }
        return squares;
    }

    /** Adds this resolution's part of X V at chosen pixels, for one column. Positions that none of them is near are not read. */
    void addTimes(FloatPointer v, int[] pixels, int count, float[] grid) {
        reserve(1);
        Arrays.fill(used, false);
        for (var i = 0; i < count; i++) {
            markUsed(pixels[i]);
        }
        var p = 0;
        while (p < positions) {
            var end = endOfRun(p, positions);
            if (end > p) {
                multiply(v, p, end - p);
            }
            p = (end / STRETCH + 1) * STRETCH;
        }
        planes.get(0, plane);
        for (var i = 0; i < count; i++) {
            grid[pixels[i]] += bilinear.isIdentity() ? plane[pixels[i]] : bilinear.enlarged(plane, pixels[i]);
        }
    }

    private void markUsed(int pixel) {
        if (bilinear.isIdentity()) {
            used[pixel / STRETCH] = true;
            return;
        }
        var rows = bilinear.rows();
        var columns = bilinear.columns();
        var above = rows.lower(pixel / columns.to()) * columns.from();
        var below = rows.upper(pixel / columns.to()) * columns.from();
        var left = columns.lower(pixel % columns.to());
        var right = columns.upper(pixel % columns.to());
        used[(above + left) / STRETCH] = true;
        used[(above + right) / STRETCH] = true;
        used[(below + left) / STRETCH] = true;
        used[(below + right) / STRETCH] = true;
    }

    private void multiply(FloatPointer v, int from, int rows) {
        var beta = 0f;
        planesPointer.position(from);
        for (var i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            layer.pointer().position((long) from * layer.map().channels());
            v.position(layer.firstFeature());
            Blas.multiply(false, rows, layer.map().channels(), layer.pointer(), v, beta, planesPointer);
            beta = 1;
        }
    }

    /** Where the used stretches end that begin at a position, at most {@code to}; the position itself if none does. */
    private int endOfRun(int position, int to) {
        var end = position;
        while (end < to && used[end / STRETCH]) {
            end = Math.min(to, (end / STRETCH + 1) * STRETCH);
        }
        return end;
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
            var end = endOfRun(p, to);
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

    /** A layer's part of X V for the positions that its totals have just read. */
    private final class Products implements LayerTotals.Also {
        private Layer layer;
        private FloatPointer v;
        private int columns;
        private float beta;

        void begin(Layer layer, FloatPointer v, int columns, float beta) {
            this.layer = layer;
            this.v = v;
            this.columns = columns;
            this.beta = beta;
        }

        @Override
        public void read(int from, int count) {
            multiplyBlock(layer, v, columns, beta, from, count);
        }
    }
}

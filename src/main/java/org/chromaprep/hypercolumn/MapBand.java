package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Some rows of all maps of one size: what one thread computes of a product. Bands have sums and pointers of their own, so that
 * several threads compute several bands at the same time, and write to different places of what they share.
 *
 * <p>Products read the maps in blocks of positions. Sums over positions are added in float within a block and in double beyond it.
 */
final class MapBand {
    /** Most positions in a block: the block's numbers stay in the second-level cache, and its float sums precise. */
    private static final int BLOCK_ROWS = 256;
    /** Fewest blocks of a map: rounding errors of several float sums cancel out, those of one do not. */
    private static final int BLOCKS = 16;
    /** Columns up to which products with a vector cost less than one with a matrix. */
    static final int FEW_COLUMNS = 5;

    private final int features;
    private final int positions;
    private final UsedStretches used;
    private final List<float[]> positionSums;
    private final int from;
    private final int to;
    private final List<Part> parts = new ArrayList<>();
    private FloatPointer directions = new FloatPointer();
    private FloatPointer planes = new FloatPointer();
    private FloatBuffer sums = Blas.allocate(0);
    private FloatPointer sumsPointer = Blas.pointer(sums);
    private float[] blockSums = {};

    /** A layer's rows, and what a thread needs to compute them. */
    private final class Part implements LayerTotals.Also {
        private final PlacedMap layer;
        private final int channels;
        private final FloatPointer numbers;
        private final LayerTotals totals;
        private double[] result = {};
        private double squares;
        private int columns;
        private float beta;

        Part(PlacedMap layer, Bilinear bilinear, int fromRow, int untilRow) {
            this.layer = layer;
            this.channels = layer.map().channels();
            this.numbers = Blas.pointer(layer.map().values());
            this.totals = CheapestWay.totals(layer.map(), bilinear, fromRow, untilRow);
        }

        /** A product for the positions that the totals have just read. */
        @Override
        public void read(int first, int count) {
            multiply(this, columns, beta, first, count);
        }

        void reserve(int numbersOfResult) {
            if (result.length != numbersOfResult) {
                result = new double[numbersOfResult];
            }
        }
    }

    /**
     * @param layers at least one, all of one size
     * @param features of a hypercolumn
     * @param used what some products read, marked by whoever asks for them
     * @param positionSums for totals, a plane of the maps' size a layer, which bands share; empty where that is the grid's size
     * @param fromRow of the maps; its position is a multiple of {@link UsedStretches#LENGTH}
     * @param untilRow the row behind the last
     */
    MapBand(
            List<PlacedMap> layers,
            Bilinear bilinear,
            int features,
            UsedStretches used,
            List<float[]> positionSums,
            int fromRow,
            int untilRow) {
        var first = layers.get(0).map();
        this.features = features;
        this.positions = first.positions();
        this.used = used;
        this.positionSums = positionSums;
        this.from = fromRow * first.width();
        this.to = untilRow * first.width();
        layers.forEach(layer -> parts.add(new Part(layer, bilinear, fromRow, untilRow)));
    }

    /**
     * Takes the memory that bands share.
     *
     * @param v the columns of V
     * @param nativePlanes planes of the maps' size
     */
    void share(FloatBuffer v, FloatBuffer nativePlanes, int columns) {
        directions = Blas.pointer(v);
        planes = Blas.pointer(nativePlanes);
        var widest = parts.stream().mapToInt(part -> part.channels).max().orElseThrow();
        sums = Blas.allocate((long) columns * widest);
        sumsPointer = Blas.pointer(sums);
        blockSums = new float[columns * widest];
    }

    /** Writes this band's part of the native planes of X V. */
    void times(int columns) {
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var beta = i == 0 ? 0f : 1f;
            if (columns <= FEW_COLUMNS) {
                // Column after column, in blocks that the cache holds from one column to the next.
                for (var p = from; p < to; p += BLOCK_ROWS) {
                    multiply(part, columns, beta, p, Math.min(BLOCK_ROWS, to - p));
                }
            } else {
                part.numbers.position((long) from * part.channels);
                directions.position(part.layer.firstFeature());
                planes.position(from);
                Blas.multiply(
                        true,
                        columns,
                        to - from,
                        part.channels,
                        directions,
                        features,
                        part.numbers,
                        part.channels,
                        beta,
                        planes,
                        positions);
            }
        }
    }

    private void multiply(Part part, int columns, float beta, int first, int count) {
        part.numbers.position((long) first * part.channels);
        for (var j = 0; j < columns; j++) {
            directions.position((long) j * features + part.layer.firstFeature());
            planes.position((long) j * positions + first);
            Blas.multiply(false, count, part.channels, part.numbers, directions, beta, planes);
        }
    }

    /** Writes this band's part of the native plane of X V for one column, at the stretches that are used. */
    void timesUsed() {
        var p = from;
        while (p < to) {
            var end = used.endOfRun(p, to);
            if (end > p) {
                multiplyOnce(p, end - p);
            }
            p = UsedStretches.next(end);
        }
    }

    private void multiplyOnce(int first, int count) {
        planes.position(first);
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            part.numbers.position((long) first * part.channels);
            directions.position(part.layer.firstFeature());
            Blas.multiply(false, count, part.channels, part.numbers, directions, i == 0 ? 0 : 1, planes);
        }
    }

    /** Takes this band's part of X'W from the native planes of W. Stretches where all of W is zero are not read. */
    void transposeTimes(int columns) {
        var blockRows = Math.max(1, Math.min(BLOCK_ROWS, positions / BLOCKS));
        for (var part : parts) {
            part.reserve(columns * part.channels);
            Arrays.fill(part.result, 0);
            for (var p = from; p < to; p += blockRows) {
                addBlock(part, p, Math.min(p + blockRows, to), columns);
            }
        }
    }

    private void addBlock(Part part, int first, int until, int columns) {
        var beta = 0f;
        var p = first;
        while (p < until) {
            var end = used.endOfRun(p, until);
            if (end > p) {
                addRun(part, p, end - p, columns, beta);
                beta = 1;
            }
            p = Math.min(until, UsedStretches.next(end));
        }
        if (beta == 0) {
            return;
        }
        sums.get(0, blockSums, 0, columns * part.channels);
        for (var i = 0; i < part.result.length; i++) {
            part.result[i] += blockSums[i];
        }
    }

    private void addRun(Part part, int first, int count, int columns, float beta) {
        part.numbers.position((long) first * part.channels);
        planes.position(first);
        if (columns == 1) {
            Blas.multiply(true, count, part.channels, part.numbers, planes, beta, sumsPointer);
        } else {
            Blas.multiply(
                    false,
                    columns,
                    part.channels,
                    count,
                    planes,
                    positions,
                    part.numbers,
                    part.channels,
                    beta,
                    sumsPointer,
                    part.channels);
        }
    }

    /**
     * Takes this band's part of the totals, and its part of the native planes of X V for a few columns.
     *
     * @param into receives the sums of positions' features where nothing else was given for them
     */
    void totals(HypercolumnTotals into, int columns) {
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var sums = positionSums.isEmpty() ? into.layer(part.layer.place()) : positionSums.get(i);
            part.reserve(part.channels);
            part.columns = columns;
            part.beta = i == 0 ? 0 : 1;
            part.squares = part.totals.write(part.result, sums, part);
        }
    }

    /** Adds what was taken last of a layer: its sums, a column after another, at its features' places. */
    void addResult(int layer, int columns, double[] into) {
        var part = parts.get(layer);
        for (var j = 0; j < columns; j++) {
            var at = j * features + part.layer.firstFeature();
            for (var c = 0; c < part.channels; c++) {
                into[at + c] += part.result[j * part.channels + c];
            }
        }
    }

    /** The sum of squares of the totals taken last. */
    double squares() {
        var squares = 0.0;
        for (var part : parts) {
            squares += part.squares;
        }
        return squares;
    }
}

package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Totals of an enlarged layer F without enlarging it. The sum of the squares of U F is that of F times U'U F, and U'U is
 * the product of one such matrix an axis, which reaches from a position to its two neighbours only. A row's sums are
 * float, sums of rows double.
 */
final class EnlargedTotals implements LayerTotals {
    /** Neighbouring columns of one weight, which are multiplied together: all but the outermost where sizes divide. */
    private record Run(int first, int count, float weight) {}

    private interface Weights {
        float of(int column);
    }

    private final FeatureMap map;
    private final Stencil rows;
    private final List<Run> own;
    private final List<Run> withNext;
    private final FloatPointer row;
    private final FloatPointer above;
    private final FloatBuffer mixed;
    private final FloatPointer mixedPointer;
    private final FloatBuffer weights;
    private final FloatPointer weightsPointer;
    private final FloatBuffer rowSums;
    private final FloatPointer rowSumsPointer;
    private final float[] numbers;

    EnlargedTotals(FeatureMap map, Bilinear bilinear) {
        this.map = map;
        this.rows = bilinear.rows();
        var columns = bilinear.columns();
        this.own = runs(columns::overlap, map.width());
        this.withNext = runs(columns::overlapWithNext, map.width() - 1);
        this.row = Blas.pointer(map.values());
        this.above = Blas.pointer(map.values());
        this.mixed = Blas.allocate((long) map.width() * map.channels());
        this.mixedPointer = Blas.pointer(mixed);
        this.weights = Blas.allocate(map.width());
        this.weightsPointer = Blas.pointer(weights);
        this.rowSums = Blas.allocate(map.channels());
        this.rowSumsPointer = Blas.pointer(rowSums);
        this.numbers = new float[map.channels()];
        for (var x = 0; x < map.width(); x++) {
            weights.put(x, columns.total(x));
        }
    }

    private static List<Run> runs(Weights weights, int columns) {
        var runs = new ArrayList<Run>();
        var first = 0;
        for (var x = 1; x <= columns; x++) {
            if (x == columns || weights.of(x) != weights.of(first)) {
                runs.add(new Run(first, x - first, weights.of(first)));
                first = x;
            }
        }
        return List.copyOf(runs);
    }

    @Override
    public double write(double[] sums, int at) {
        var length = map.width() * map.channels();
        Arrays.fill(sums, at, at + map.channels(), 0);
        var squares = 0.0;
        for (var y = 0; y < map.height(); y++) {
            mix((long) y * length);
            row.position((long) y * length);
            mixedPointer.position(0);
            squares += (double) rows.overlap(y) * Blas.dot(length, row, mixedPointer);
            if (y > 0) {
                above.position((long) (y - 1) * length);
                squares += 2.0 * rows.overlapWithNext(y - 1) * Blas.dot(length, above, mixedPointer);
            }
            addSums(rows.total(y), sums, at);
        }
        return squares;
    }

    /** The row that starts there times U'U along it. */
    private void mix(long start) {
        var channels = map.channels();
        row.position(start);
        mixedPointer.position(0);
        Blas.copy(map.width() * channels, row, mixedPointer);
        for (var i = 0; i < own.size(); i++) {
            var run = own.get(i);
            mixedPointer.position((long) run.first() * channels);
            Blas.scale(run.count() * channels, run.weight(), mixedPointer);
        }
        for (var i = 0; i < withNext.size(); i++) {
            var run = withNext.get(i);
            var here = (long) run.first() * channels;
            row.position(start + here + channels);
            mixedPointer.position(here);
            Blas.add(run.count() * channels, run.weight(), row, mixedPointer);
            row.position(start + here);
            mixedPointer.position(here + channels);
            Blas.add(run.count() * channels, run.weight(), row, mixedPointer);
        }
    }

    private void addSums(double weight, double[] sums, int at) {
        Blas.multiply(true, map.width(), map.channels(), row, weightsPointer, 0, rowSumsPointer);
        rowSums.get(0, numbers);
        for (var c = 0; c < numbers.length; c++) {
            sums[at + c] += weight * numbers[c];
        }
    }
}

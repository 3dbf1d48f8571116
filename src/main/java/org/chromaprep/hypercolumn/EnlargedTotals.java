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
    private final int fromRow;
    private final int untilRow;
    private final BilinearAxis rows;
    private final List<Run> own;
    private final List<Run> withNext;
    private final FloatPointer row;
    private final FloatPointer other;
    private final FloatBuffer weights;
    private final FloatPointer weightsPointer;
    private final FloatBuffer rowSums;
    private final FloatPointer rowSumsPointer;
    private final float[] numbers;
    private final FloatBuffer ones;
    private final FloatPointer onesPointer;
    private final FloatBuffer positionSums;
    private final FloatPointer positionSumsPointer;

    /**
     * @param fromRow of the map
     * @param untilRow the row behind the last
     */
    EnlargedTotals(FeatureMap map, Bilinear bilinear, int fromRow, int untilRow) {
        this.map = map;
        this.fromRow = fromRow;
        this.untilRow = untilRow;
        this.rows = bilinear.rows();
        var columns = bilinear.columns();
        this.own = runs(columns::overlap, map.width());
        this.withNext = runs(columns::overlapWithNext, map.width() - 1);
        this.row = Blas.pointer(map.values());
        this.other = Blas.pointer(map.values());
        this.weights = Blas.allocate(map.width());
        this.weightsPointer = Blas.pointer(weights);
        this.rowSums = Blas.allocate(map.channels());
        this.rowSumsPointer = Blas.pointer(rowSums);
        this.numbers = new float[map.channels()];
        this.ones = Blas.ones(map.channels());
        this.onesPointer = Blas.pointer(ones);
        this.positionSums = Blas.allocate(map.width());
        this.positionSumsPointer = Blas.pointer(positionSums);
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
    public double write(double[] sums, float[] plane, Also also) {
        var length = (long) map.width() * map.channels();
        Arrays.fill(sums, 0);
        var squares = 0.0;
        for (var y = fromRow; y < untilRow; y++) {
            squares += rows.overlap(y) * products(y * length, y * length);
            if (y > 0) {
                squares += 2 * rows.overlapWithNext(y - 1) * products((y - 1) * length, y * length);
            }
            row.position(y * length);
            addSums(rows.total(y), sums);
            Blas.multiply(false, map.width(), map.channels(), row, onesPointer, 0, positionSumsPointer);
            positionSums.get(0, plane, y * map.width(), map.width());
            also.read(y * map.width(), map.width());
        }
        return squares;
    }

    /** The inner product of the row that starts at {@code a} with U'U along it times the row that starts at {@code b}. */
    private double products(long a, long b) {
        var channels = map.channels();
        var sum = 0.0;
        for (var i = 0; i < own.size(); i++) {
            var run = own.get(i);
            sum += run.weight() * product(a, b, run, 0, 0);
        }
        for (var i = 0; i < withNext.size(); i++) {
            var run = withNext.get(i);
            var next = product(a, b, run, 0, channels);
            sum += run.weight() * (next + (a == b ? next : product(a, b, run, channels, 0)));
        }
        return sum;
    }

    private double product(long a, long b, Run run, int shiftA, int shiftB) {
        var start = (long) run.first() * map.channels();
        row.position(a + start + shiftA);
        other.position(b + start + shiftB);
        return Blas.dot(run.count() * map.channels(), row, other);
    }

    private void addSums(double weight, double[] sums) {
        Blas.multiply(true, map.width(), map.channels(), row, weightsPointer, 0, rowSumsPointer);
        rowSums.get(0, numbers);
        for (var c = 0; c < numbers.length; c++) {
            sums[c] += weight * numbers[c];
        }
    }
}

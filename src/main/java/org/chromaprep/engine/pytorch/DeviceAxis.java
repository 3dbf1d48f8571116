package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One axis of the bilinear enlargement as a matrix, enlarged x native, with at most two numbers a row that are not zero.
 * Half-pixel centres and edge clamp, with the weights in single precision: the same numbers as those of {@link
 * org.chromaprep.hypercolumn.MapHypercolumnMatrix}. Its tensors are on the device and belong to the {@link
 * org.bytedeco.javacpp.PointerScope} that is open when they are made.
 */
final class DeviceAxis {
    private final Placement placement;
    private final int from;
    private final int to;
    private final int[] lower;
    private final float[] upperWeight;

    DeviceAxis(Placement placement, int from, int to) {
        this.placement = placement;
        this.from = from;
        this.to = to;
        this.lower = new int[to];
        this.upperWeight = new float[to];
        for (var i = 0; i < to; i++) {
            var centre = Math.min(Math.max((i + 0.5) * from / to - 0.5, 0), from - 1);
            lower[i] = (int) centre;
            upperWeight[i] = (float) (centre - lower[i]);
        }
    }

    int from() {
        return from;
    }

    /** The native position at or before an enlarged one. */
    int lower(int i) {
        return lower[i];
    }

    /** The native position after it; at the end the same. */
    int upper(int i) {
        return Math.min(lower[i] + 1, from - 1);
    }

    float lowerWeight(int i) {
        return 1 - upperWeight[i];
    }

    float upperWeight(int i) {
        return upperWeight[i];
    }

    private double[][] matrix() {
        var matrix = new double[to][from];
        for (var i = 0; i < to; i++) {
            matrix[i][lower[i]] = lowerWeight(i);
            if (upperWeight[i] > 0) {
                matrix[i][lower[i] + 1] = upperWeight[i];
            }
        }
        return matrix;
    }

    /** The matrix, in single precision. */
    Tensor single() {
        return tensor(matrix(), from, ScalarType.Float);
    }

    /** Native x native: its transpose times itself, in single precision. */
    Tensor overlaps() {
        var matrix = matrix();
        var overlaps = new double[from][from];
        for (var row : matrix) {
            for (var n = 0; n < from; n++) {
                for (var m = Math.max(0, n - 1); m < Math.min(from, n + 2); m++) {
                    overlaps[n][m] += row[n] * row[m];
                }
            }
        }
        return tensor(overlaps, from, ScalarType.Float);
    }

    /** What each native position weighs in all enlarged positions together. */
    double[] totals() {
        var totals = new double[from];
        for (var row : matrix()) {
            for (var n = 0; n < from; n++) {
                totals[n] += row[n];
            }
        }
        return totals;
    }

    /** Enlarged x native: the weights' squares, in double precision. */
    Tensor squares() {
        var matrix = matrix();
        for (var row : matrix) {
            for (var n = 0; n < from; n++) {
                row[n] *= row[n];
            }
        }
        return tensor(matrix, from, ScalarType.Double);
    }

    /**
     * Enlarged x (native - 1): so many times the products of a native position's weight and the next one's, in double
     * precision.
     */
    Tensor products(double factor) {
        var matrix = matrix();
        var products = new double[to][from - 1];
        for (var i = 0; i < to; i++) {
            for (var n = 0; n < from - 1; n++) {
                products[i][n] = factor * matrix[i][n] * matrix[i][n + 1];
            }
        }
        return tensor(products, from - 1, ScalarType.Double);
    }

    private Tensor tensor(double[][] rows, int columns, ScalarType type) {
        var flat = new double[rows.length * columns];
        for (var i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
        }
        if (flat.length == 0) {
            return placement.zeros(type, rows.length, columns);
        }
        var host = torch.from_blob(
                new DoublePointer(flat), new long[] {rows.length, columns}, new TensorOptions(ScalarType.Double));
        return host.to(type).clone().to(placement.torchDevice(), type);
    }
}

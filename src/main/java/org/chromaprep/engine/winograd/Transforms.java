package org.chromaprep.engine.winograd;

/**
 * The three linear maps of F(4, 3) along one axis, with the points 0, &plusmn;&radic;&frac12;, &plusmn;&radic;2 and infinity.
 *
 * <p>Of the points that were tried, these give the smallest errors: 1.4e-6 of a layer's maximum over VGG-16, where 0, &plusmn;1,
 * &plusmn;2 give 4.3e-6 and a direct convolution 6e-7 (after Barabasz et al., who search points in the same way). Their squares
 * are powers of two, so that half of the factors are exact.
 *
 * <p>All arrays of a call are used at the same places; outputs are other arrays than inputs. The loops are of the size that the JVM's compiler turns into vector instructions: longer ones, or ones that store more, it leaves
 * as they are.
 */
final class Transforms {
    /** Outputs of a tile along one axis. */
    static final int TILE = 4;
    /** Inputs of a tile along one axis. */
    static final int PATCH = 6;
    /** Places of a patch. */
    static final int PLACES = PATCH * PATCH;

    private static final double INNER = Math.sqrt(0.5);
    private static final double OUTER = Math.sqrt(2);
    private static final float A = (float) INNER;
    private static final float B = (float) OUTER;
    private static final float A2 = 0.5f;
    private static final float B2 = 2;
    private static final float A3 = (float) (INNER * INNER * INNER);
    private static final float B3 = (float) (OUTER * OUTER * OUTER);
    private static final float SQUARES = A2 + B2;

    private Transforms() {}

    /** The kernel's transform: a row for each place of the patch, three numbers that weigh the kernel's. */
    static double[][] kernelMatrix() {
        double[] points = {0, INNER, -INNER, OUTER, -OUTER};
        var matrix = new double[PATCH][3];
        for (var i = 0; i < points.length; i++) {
            var product = 1.0;
            for (var j = 0; j < points.length; j++) {
                product *= j == i ? 1 : points[i] - points[j];
            }
            for (var k = 0; k < 3; k++) {
                matrix[i][k] = Math.pow(points[i], k) / product;
            }
        }
        matrix[PATCH - 1][2] = 1;
        return matrix;
    }

    /** The input's transform at 0, of inputs 0, 2 and 4, or at infinity, of inputs 1, 3 and 5. */
    static void outermost(float[] to, float[] a, float[] b, float[] c, int from, int until) {
        for (var k = from; k < until; k++) {
            to[k] = a[k] - SQUARES * b[k] + c[k];
        }
    }

    /** The input's transform at the inner points, of inputs 1 to 4. */
    static void inner(
            float[] plus, float[] minus, float[] x1, float[] x2, float[] x3, float[] x4, int from, int until) {
        pair(plus, minus, x1, x2, x3, x4, B2, A, from, until);
    }

    /** The input's transform at the outer points, of inputs 1 to 4. */
    static void outer(
            float[] plus, float[] minus, float[] x1, float[] x2, float[] x3, float[] x4, int from, int until) {
        pair(plus, minus, x1, x2, x3, x4, A2, B, from, until);
    }

    private static void pair(
            float[] plus,
            float[] minus,
            float[] x1,
            float[] x2,
            float[] x3,
            float[] x4,
            float square,
            float point,
            int from,
            int until) {
        for (var k = from; k < until; k++) {
            var even = x4[k] - square * x2[k];
            var odd = point * (x3[k] - square * x1[k]);
            plus[k] = even + odd;
            minus[k] = even - odd;
        }
    }

    /** Six sums of products to four outputs; {@code space} is four arrays that are written, too. */
    static void output(float[][] to, float[][] products, float[][] space, int length) {
        sumAndDifference(space[0], space[1], products[1], products[2], length);
        sumAndDifference(space[2], space[3], products[3], products[4], length);
        first(to[0], space[0], space[2], products[0], length);
        weighed(to[1], space[1], space[3], A, B, length);
        weighed(to[2], space[0], space[2], A2, B2, length);
        last(to[3], space[1], space[3], products[5], length);
    }

    /** As {@link #output}, with bias and ReLU. */
    static void rectifiedOutput(float[][] to, float[][] products, float[] bias, float[][] space, int length) {
        sumAndDifference(space[0], space[1], products[1], products[2], length);
        sumAndDifference(space[2], space[3], products[3], products[4], length);
        first(to[0], space[0], space[2], products[0], bias, length);
        weighed(to[1], space[1], space[3], bias, A, B, length);
        weighed(to[2], space[0], space[2], bias, A2, B2, length);
        last(to[3], space[1], space[3], products[5], length);
        rectify(to[3], bias, length);
    }

    private static void sumAndDifference(float[] sum, float[] difference, float[] a, float[] b, int length) {
        for (var k = 0; k < length; k++) {
            var x = a[k];
            var y = b[k];
            sum[k] = x + y;
            difference[k] = x - y;
        }
    }

    private static void first(float[] to, float[] a, float[] b, float[] c, int length) {
        for (var k = 0; k < length; k++) {
            to[k] = a[k] + b[k] + c[k];
        }
    }

    private static void first(float[] to, float[] a, float[] b, float[] c, float[] bias, int length) {
        for (var k = 0; k < length; k++) {
            to[k] = Math.max(0f, a[k] + b[k] + c[k] + bias[k]);
        }
    }

    private static void weighed(float[] to, float[] a, float[] b, float f, float g, int length) {
        for (var k = 0; k < length; k++) {
            to[k] = f * a[k] + g * b[k];
        }
    }

    private static void weighed(float[] to, float[] a, float[] b, float[] bias, float f, float g, int length) {
        for (var k = 0; k < length; k++) {
            to[k] = Math.max(0f, f * a[k] + g * b[k] + bias[k]);
        }
    }

    private static void last(float[] to, float[] a, float[] b, float[] c, int length) {
        for (var k = 0; k < length; k++) {
            to[k] = A3 * a[k] + B3 * b[k] + c[k];
        }
    }

    private static void rectify(float[] values, float[] bias, int length) {
        for (var k = 0; k < length; k++) {
            values[k] = Math.max(0f, values[k] + bias[k]);
        }
    }

    /** The greatest of four numbers, place by place. */
    static void greatest(float[] to, float[] a, float[] b, float[] c, float[] d, int length) {
        for (var k = 0; k < length; k++) {
            to[k] = Math.max(Math.max(a[k], b[k]), Math.max(c[k], d[k]));
        }
    }
}

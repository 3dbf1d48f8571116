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

    /** Six sums of products to four outputs. */
    static void output(float[][] to, float[][] products, int length) {
        even(to[0], to[2], products[0], products[1], products[2], products[3], products[4], A2, -B2, length);
        odd(to[1], to[3], products[1], products[2], products[3], products[4], products[5], A, -B, A3, -B3, length);
    }

    /** As {@link #output}, with bias and ReLU. */
    static void rectifiedOutput(float[][] to, float[][] products, float[] bias, int length) {
        output(to, products, length);
        rectify(to[0], to[2], bias, length);
        rectify(to[1], to[3], bias, length);
    }

    // The compiler may swap the two products of a sum in some pieces of an unrolled loop and not in others, and then
    // makes no vectors of them. So the second factor comes with its sign changed, and the product is subtracted.
    private static void even(
            float[] first,
            float[] third,
            float[] p0,
            float[] p1,
            float[] p2,
            float[] p3,
            float[] p4,
            float inner,
            float minusOuter,
            int length) {
        for (var k = 0; k < length; k++) {
            var a = p1[k] + p2[k];
            var b = p3[k] + p4[k];
            first[k] = a + b + p0[k];
            third[k] = inner * a - minusOuter * b;
        }
    }

    private static void odd(
            float[] second,
            float[] fourth,
            float[] p1,
            float[] p2,
            float[] p3,
            float[] p4,
            float[] p5,
            float inner,
            float minusOuter,
            float innerCube,
            float minusOuterCube,
            int length) {
        for (var k = 0; k < length; k++) {
            var a = p1[k] - p2[k];
            var b = p3[k] - p4[k];
            second[k] = inner * a - minusOuter * b;
            fourth[k] = innerCube * a - minusOuterCube * b + p5[k];
        }
    }

    private static void rectify(float[] a, float[] b, float[] bias, int length) {
        for (var k = 0; k < length; k++) {
            a[k] = Math.max(0f, a[k] + bias[k]);
            b[k] = Math.max(0f, b[k] + bias[k]);
        }
    }

    /** The greatest of four numbers, place by place. */
    static void greatest(float[] to, float[] a, float[] b, float[] c, float[] d, int length) {
        for (var k = 0; k < length; k++) {
            to[k] = Math.max(Math.max(a[k], b[k]), Math.max(c[k], d[k]));
        }
    }
}

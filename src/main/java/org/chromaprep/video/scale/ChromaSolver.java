package org.chromaprep.video.scale;

/**
 * Finds the colour differences that give a pixel wanted a*, b* while its luma stays what it is: of all colours with these a*,
 * b* the one whose luma is the given one. L* follows from that and is nobody's choice. Where the colour lies outside of red,
 * green and blue from 0 to 1, as much of it is kept as fits at that luma.
 *
 * <p>The inverse of {@link LabConversion}: a* = 500 (f(X) - f(Y)), b* = 200 (f(Y) - f(Z)) (CIE 15), so with f(Y) unknown the
 * luma is a rising function of it, whose root is found by regula falsi. Immutable; any number of threads may use it.
 */
final class ChromaSolver {
    /** Luma is met within a fortieth of a step of 8 bits. */
    private static final double PRECISION = 1e-4;

    private static final int MOST_STEPS = 30;
    private static final int STEPS = 1 << 14;
    private static final double KNEE = 6.0 / 29;
    private static final double SLOPE = 3 * KNEE * KNEE;
    private static final double FOOT = 16.0 / 116;

    /** X, Y, Z over the white's to light of red, green, blue, row by row. */
    private final double[] matrix;

    private final double redShare;
    private final double blueShare;
    /** Numbers of light from 0 to 1. */
    private final float[] numbers = new float[STEPS + 2];

    private final double slopeAtWhite;
    private final LightCurve curve;

    ChromaSolver(LabConversion conversion, double redShare, double blueShare) {
        this.redShare = redShare;
        this.blueShare = blueShare;
        curve = conversion.curve();
        matrix = inverted(conversion.matrix());
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (float) curve.number((double) i / STEPS);
        }
        slopeAtWhite = (numbers[STEPS] - numbers[STEPS - 1]) * STEPS;
    }

    private static double[] inverted(double[] m) {
        var determinant = m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
        return new double[] {
            (m[4] * m[8] - m[5] * m[7]) / determinant, (m[2] * m[7] - m[1] * m[8]) / determinant,
            (m[1] * m[5] - m[2] * m[4]) / determinant, (m[5] * m[6] - m[3] * m[8]) / determinant,
            (m[0] * m[8] - m[2] * m[6]) / determinant, (m[2] * m[3] - m[0] * m[5]) / determinant,
            (m[3] * m[7] - m[4] * m[6]) / determinant, (m[1] * m[6] - m[0] * m[7]) / determinant,
            (m[0] * m[4] - m[1] * m[3]) / determinant
        };
    }

    /**
     * Solves for one pixel.
     *
     * @param luma 0 (black) to 1 (white); beyond that, as black or white
     * @param a a*
     * @param b b*
     * @param differences receives the blue and the red difference, -0.5 to 0.5
     */
    void solve(double luma, double a, double b, double[] differences) {
        var wanted = Math.min(Math.max(luma, 0), 1);
        var low = 0.0;
        var high = 0.0;
        var light = curve.light(wanted);
        // The grey of that luma is a good guess, and a step to each side brackets most roots.
        var middle = light > KNEE * KNEE * KNEE ? StrictMath.cbrt(light) : light / SLOPE + FOOT;
        var off = lumaOf(middle, a, b) - wanted;
        if (off > 0) {
            high = middle;
            low = middle - 0.1;
        } else {
            low = middle;
            high = middle + 0.1;
        }
        var offLow = off > 0 ? lumaOf(low, a, b) - wanted : off;
        var offHigh = off > 0 ? off : lumaOf(high, a, b) - wanted;
        for (var i = 0; i < MOST_STEPS && offLow > 0; i++) {
            high = low;
            offHigh = offLow;
            low -= 0.2;
            offLow = lumaOf(low, a, b) - wanted;
        }
        for (var i = 0; i < MOST_STEPS && offHigh < 0; i++) {
            low = high;
            offLow = offHigh;
            high += 0.2;
            offHigh = lumaOf(high, a, b) - wanted;
        }
        for (var i = 0; i < MOST_STEPS && Math.abs(off) > PRECISION; i++) {
            // Every third step halves the bracket, which bends that regula falsi creeps along cannot hold up.
            middle = i % 3 == 2 ? (low + high) / 2 : low - offLow * (high - low) / (offHigh - offLow);
            off = lumaOf(middle, a, b) - wanted;
            if (off > 0) {
                high = middle;
                offHigh = off;
            } else {
                low = middle;
                offLow = off;
            }
        }
        fit(middle, a, b, wanted, differences);
    }

    private double lumaOf(double y, double a, double b) {
        var x = light(y + a / 500);
        var z = light(y - b / 200);
        var middle = light(y);
        return redShare * number(matrix[0] * x + matrix[1] * middle + matrix[2] * z)
                + (1 - redShare - blueShare) * number(matrix[3] * x + matrix[4] * middle + matrix[5] * z)
                + blueShare * number(matrix[6] * x + matrix[7] * middle + matrix[8] * z);
    }

    /** Shrinks the colour towards the grey of its luma until red, green and blue fit. */
    private void fit(double y, double a, double b, double luma, double[] differences) {
        var x = light(y + a / 500);
        var z = light(y - b / 200);
        var middle = light(y);
        var red = number(matrix[0] * x + matrix[1] * middle + matrix[2] * z) - luma;
        var green = number(matrix[3] * x + matrix[4] * middle + matrix[5] * z) - luma;
        var blue = number(matrix[6] * x + matrix[7] * middle + matrix[8] * z) - luma;
        var share = Math.min(1, Math.min(room(red, luma), Math.min(room(green, luma), room(blue, luma))));
        differences[0] = share * blue / (2 * (1 - blueShare));
        differences[1] = share * red / (2 * (1 - redShare));
    }

    private static double room(double off, double luma) {
        return off > 0 ? (1 - luma) / off : off < 0 ? -luma / off : 1;
    }

    private static double light(double compressed) {
        return compressed > KNEE ? compressed * compressed * compressed : SLOPE * (compressed - FOOT);
    }

    /** A light's number; beyond 0 and 1 along straight lines, so that a colour outside can be reached and shrunk. */
    private double number(double light) {
        if (light <= 0) {
            return numbers[1] * STEPS * light;
        }
        if (light >= 1) {
            return 1 + slopeAtWhite * (light - 1);
        }
        var at = light * STEPS;
        var below = (int) at;
        return numbers[below] + (at - below) * (numbers[below + 1] - numbers[below]);
    }
}

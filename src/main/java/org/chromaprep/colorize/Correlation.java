package org.chromaprep.colorize;

/** How alike two grey pictures are, whatever their brightness and contrast. */
final class Correlation {
    /** Below this deviation of grey values a picture shows nothing that could be recognised. */
    private static final double FLAT = 2;

    private static final double NEAR = 8;

    private Correlation() {}

    /** As {@link #of}, but 1 where both show nothing, of nearly the same grey. */
    static double ofSame(byte[] one, byte[] other) {
        var correlation = of(one, other);
        return correlation == 0
                        && deviation(one) < FLAT
                        && deviation(other) < FLAT
                        && Math.abs(mean(one) - mean(other)) < NEAR
                ? 1
                : correlation;
    }

    private static double mean(byte[] grey) {
        var sum = 0L;
        for (var value : grey) {
            sum += value & 255;
        }
        return (double) sum / grey.length;
    }

    private static double deviation(byte[] grey) {
        var mean = mean(grey);
        var sum = 0.0;
        for (var value : grey) {
            sum += ((value & 255) - mean) * ((value & 255) - mean);
        }
        return Math.sqrt(sum / grey.length);
    }

    /** Pearson's correlation, -1 to 1; 0 where one of them shows nothing. */
    static double of(byte[] one, byte[] other) {
        var n = one.length;
        double a = 0;
        double b = 0;
        double aa = 0;
        double ab = 0;
        double bb = 0;
        for (var i = 0; i < n; i++) {
            double x = one[i] & 255;
            double y = other[i] & 255;
            a += x;
            b += y;
            aa += x * x;
            ab += x * y;
            bb += y * y;
        }
        var varianceA = aa / n - a / n * (a / n);
        var varianceB = bb / n - b / n * (b / n);
        if (varianceA < FLAT * FLAT || varianceB < FLAT * FLAT) {
            return 0;
        }
        return (ab / n - a / n * (b / n)) / Math.sqrt(varianceA * varianceB);
    }
}

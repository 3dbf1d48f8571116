package org.chromaprep.evaluate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Colour distribution consistency of a film: the mean Jensen-Shannon divergence (natural logarithm) of the histograms of red, of
 * green and of blue, in 256 bins, of frames 1, 2 and 4 apart, each distance counting alike. Shots do not count against each other.
 * One thread.
 */
public final class Consistency {
    private static final int[] DISTANCES = {1, 2, 4};
    private static final int LEVELS = 256;
    private static final int CHANNELS = 3;

    private final Deque<double[]> recent = new ArrayDeque<>();
    private final double[] sums = new double[DISTANCES.length];
    private final long[] counts = new long[DISTANCES.length];

    /** Takes the next frame, 0xRRGGBB. */
    public void add(int[] rgb) {
        var histogram = new double[CHANNELS * LEVELS];
        for (var pixel : rgb) {
            for (var channel = 0; channel < CHANNELS; channel++) {
                histogram[channel * LEVELS + (pixel >> 16 - 8 * channel & 255)] += 1.0 / rgb.length;
            }
        }
        var before = recent.toArray(double[][]::new);
        for (var i = 0; i < DISTANCES.length; i++) {
            var place = before.length - DISTANCES[i];
            if (place >= 0) {
                sums[i] += divergence(before[place], histogram);
                counts[i]++;
            }
        }
        recent.addLast(histogram);
        if (recent.size() > DISTANCES[DISTANCES.length - 1]) {
            recent.removeFirst();
        }
    }

    /** The next frame belongs to another shot. */
    public void cut() {
        recent.clear();
    }

    private static double divergence(double[] one, double[] other) {
        var sum = 0.0;
        for (var i = 0; i < one.length; i++) {
            var mean = (one[i] + other[i]) / 2;
            sum += one[i] > 0 ? one[i] * Math.log(one[i] / mean) / 2 : 0;
            sum += other[i] > 0 ? other[i] * Math.log(other[i] / mean) / 2 : 0;
        }
        return sum / CHANNELS;
    }

    /** The film's consistency so far, 0 for colours that never change; distances that no frames had do not count. */
    public double value() {
        var sum = 0.0;
        var distances = 0;
        for (var i = 0; i < DISTANCES.length; i++) {
            if (counts[i] > 0) {
                sum += sums[i] / counts[i];
                distances++;
            }
        }
        return distances == 0 ? 0 : sum / distances;
    }
}

package org.chromaprep.video.scale;

import java.util.Arrays;

/**
 * Resizes along one axis: each output is the mean of the samples near its place, weighted by a triangle that is one sample
 * wide to each side, or one output wide where outputs are further apart than samples. So enlarging is linear between
 * samples, and reducing averages over all that an output covers. Immutable.
 */
final class TriangleFilter {
    private final int[] first;
    private final float[][] weights;

    /**
     * @param samples how many there are; sample i has its centre at i + 0.5
     * @param begin where the part begins that the outputs share evenly, in samples
     * @param length of that part, above 0
     * @param outputs how many, at least 1
     */
    TriangleFilter(int samples, double begin, double length, int outputs) {
        first = new int[outputs];
        weights = new float[outputs][];
        var scale = length / outputs;
        var reach = Math.max(1, scale);
        // Only samples of the part itself count, and one on each side of it where it begins or ends between two.
        var lowest = clamp((int) Math.floor(begin), samples);
        var highest = clamp((int) Math.ceil(begin + length) - 1, samples);
        for (var i = 0; i < outputs; i++) {
            var centre = begin + (i + 0.5) * scale;
            var from = Math.min(highest, Math.max(lowest, (int) Math.floor(centre - reach + 0.5)));
            var to = Math.max(from, Math.min(highest, (int) Math.ceil(centre + reach - 0.5)));
            first[i] = from;
            weights[i] = weights(from, to, centre, reach);
        }
    }

    private static int clamp(int index, int samples) {
        return Math.max(0, Math.min(samples - 1, index));
    }

    private static float[] weights(int from, int to, double centre, double reach) {
        var raw = new double[to - from + 1];
        var sum = 0.0;
        for (var j = 0; j < raw.length; j++) {
            raw[j] = Math.max(0, 1 - Math.abs(from + j + 0.5 - centre) / reach);
            sum += raw[j];
        }
        var weights = new float[raw.length];
        for (var j = 0; j < raw.length; j++) {
            // An output beyond the last sample's centre has that sample's value.
            weights[j] = (float) (sum > 0 ? raw[j] / sum : 1.0 / raw.length);
        }
        return weights;
    }

    int outputs() {
        return first.length;
    }

    /** The first sample that any output needs. */
    int begin() {
        return first[0];
    }

    /** The sample after the last one that any output needs. */
    int end() {
        var last = first.length - 1;
        return first[last] + weights[last].length;
    }

    /** Resizes a line of samples, of which the first is number 0. */
    void apply(float[] samples, float[] into, int at) {
        for (var i = 0; i < first.length; i++) {
            var sum = 0f;
            var own = weights[i];
            for (var j = 0; j < own.length; j++) {
                sum += own[j] * samples[first[i] + j];
            }
            into[at + i] = sum;
        }
    }

    /**
     * Resizes whole lines across: outputs are lines, too.
     *
     * @param lines of {@code width} numbers each, of which the first is number {@link #begin}
     */
    void applyAcross(float[] lines, int width, float[] into) {
        for (var i = 0; i < first.length; i++) {
            var to = i * width;
            Arrays.fill(into, to, to + width, 0);
            for (var j = 0; j < weights[i].length; j++) {
                var from = (first[i] + j - begin()) * width;
                var weight = weights[i][j];
                for (var x = 0; x < width; x++) {
                    into[to + x] += weight * lines[from + x];
                }
            }
        }
    }
}

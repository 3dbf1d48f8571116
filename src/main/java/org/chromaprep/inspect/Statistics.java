package org.chromaprep.inspect;

import org.chromaprep.hypercolumn.FeatureMap;

/**
 * What a feature map's numbers are like.
 *
 * @param min the smallest
 * @param max the greatest
 * @param mean of all
 * @param rms the root of their mean square
 * @param zeros the part of them that is 0
 * @param channelMeans the mean of each channel
 */
public record Statistics(double min, double max, double mean, double rms, double zeros, double[] channelMeans) {
    static Statistics of(FeatureMap map) {
        var row = new float[map.channels()];
        var means = new double[map.channels()];
        var min = Double.POSITIVE_INFINITY;
        var max = Double.NEGATIVE_INFINITY;
        var sum = 0.0;
        var squares = 0.0;
        var zeros = 0L;
        for (var position = 0; position < map.positions(); position++) {
            map.values().get(position * row.length, row);
            for (var c = 0; c < row.length; c++) {
                double value = row[c];
                means[c] += value / map.positions();
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                squares += value * value;
                zeros += value == 0 ? 1 : 0;
            }
        }
        var count = (double) map.positions() * row.length;
        return new Statistics(min, max, sum / count, Math.sqrt(squares / count), zeros / count, means);
    }
}

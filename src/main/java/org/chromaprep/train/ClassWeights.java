package org.chromaprep.train;

import java.util.Map;
import org.chromaprep.output.shard.AbBins;

/**
 * How much each class of colours weighs in a loss, more where its colour is rarer (Zhang et al., "Colorful Image Colorization", 2016,
 * section 2.2): the classes' shares are smoothed by a Gaussian in a*, b* and mixed with the even distribution; the weights are their
 * inverses, with an expectation of 1 under the smoothed shares.
 */
final class ClassWeights {
    private static final double SIGMA = 5;

    private ClassWeights() {}

    /**
     * @param bins the classes
     * @param counts pixels of each "a,b" in steps of ten, some
     * @param uniform share of the even distribution, 0 to 1
     */
    static float[] of(AbBins bins, Map<String, Long> counts, double uniform) {
        var smooth = smoothed(bins, shares(bins, counts));
        var weights = new double[bins.size()];
        var expected = 0.0;
        for (var bin = 0; bin < weights.length; bin++) {
            weights[bin] = 1 / ((1 - uniform) * smooth[bin] + uniform / weights.length);
            expected += smooth[bin] * weights[bin];
        }
        var result = new float[weights.length];
        for (var bin = 0; bin < weights.length; bin++) {
            result[bin] = (float) (weights[bin] / expected);
        }
        return result;
    }

    private static double[] shares(AbBins bins, Map<String, Long> counts) {
        var shares = new double[bins.size()];
        var nearest = new short[AbBins.NEIGHBOURS];
        var scratch = new float[AbBins.NEIGHBOURS];
        var all = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.forEach((name, count) -> {
            var comma = name.indexOf(',');
            bins.encode(
                    Integer.parseInt(name, 0, comma, 10),
                    Integer.parseInt(name, comma + 1, name.length(), 10),
                    nearest,
                    scratch,
                    0);
            shares[nearest[0]] += (double) count / all;
        });
        return shares;
    }

    private static double[] smoothed(AbBins bins, double[] shares) {
        var smooth = new double[shares.length];
        for (var from = 0; from < shares.length; from++) {
            var spread = new double[shares.length];
            var sum = 0.0;
            for (var to = 0; to < shares.length; to++) {
                var a = bins.a(to) - bins.a(from);
                var b = bins.b(to) - bins.b(from);
                spread[to] = Math.exp(-(a * a + b * b) / (2 * SIGMA * SIGMA));
                sum += spread[to];
            }
            for (var to = 0; to < shares.length; to++) {
                smooth[to] += spread[to] / sum * shares[from];
            }
        }
        return smooth;
    }
}

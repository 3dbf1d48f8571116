package org.chromaprep.hypercolumn;

import java.util.Arrays;

/**
 * Chooses pixels at random without putting any back, each drawn in proportion to its weight (Efraimidis and Spirakis,
 * "Weighted random sampling with a reservoir", 2006: the largest of u^(1/w)). The choice depends on nothing but weights,
 * count, seed and frame. One thread.
 */
public final class WeightedSampling {
    private static final double UNIT = 0x1p-53;

    private final int count;
    private final long seed;
    private final double[] keys;
    private final double[] sorted;

    /**
     * @param pixels there are
     * @param count wanted, at least 0
     */
    public WeightedSampling(int pixels, int count, long seed) {
        this.count = count;
        this.seed = seed;
        this.keys = new double[pixels];
        this.sorted = new double[pixels];
    }

    /**
     * The chosen pixel numbers of a frame, ascending and different from each other: as many as wanted, or all of positive
     * weight where there are fewer.
     *
     * @param weights one a pixel; 0 for one that must not be chosen
     */
    public int[] pixels(long frame, float[] weights) {
        var state = StratifiedSampling.mix(
                StratifiedSampling.mix(seed + StratifiedSampling.GOLDEN) + frame * StratifiedSampling.GOLDEN);
        var possible = 0;
        for (var i = 0; i < keys.length; i++) {
            state += StratifiedSampling.GOLDEN;
            var uniform = ((StratifiedSampling.mix(state) >>> 11) + 0.5) * UNIT;
            keys[i] = weights[i] > 0 ? StrictMath.log(uniform) / weights[i] : Double.NEGATIVE_INFINITY;
            if (weights[i] > 0) {
                sorted[possible++] = keys[i];
            }
        }
        var wanted = Math.min(count, possible);
        Arrays.sort(sorted, 0, possible);
        var least = wanted == 0 ? Double.POSITIVE_INFINITY : sorted[possible - wanted];
        var chosen = new int[wanted];
        var next = 0;
        for (var i = 0; i < keys.length && next < wanted; i++) {
            if (keys[i] >= least) {
                chosen[next++] = i;
            }
        }
        return chosen;
    }
}

package org.chromaprep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often colours occur.
 *
 * @param samples frames counted
 * @param pixels counted: all of a frame where it has {@code ab.npy}, otherwise the sampled ones
 * @param meanA mean a*
 * @param meanB mean b*
 * @param meanSquare mean of a*² + b*²
 * @param classes pixels nearest to each "a,b" in steps of ten; the classes' rarity is what rebalancing needs
 */
public record ColourCounts(long samples, long pixels, @JsonProperty("mean_a") double meanA,
        @JsonProperty("mean_b") double meanB, @JsonProperty("mean_square") double meanSquare, Map<String, Long> classes) {
    static final ColourCounts NONE = new ColourCounts(0, 0, 0, 0, 0, Map.of());

    private static final int STEP = 10;

    ColourCounts plus(ColourCounts other) {
        var sum = new TreeMap<>(classes);
        other.classes.forEach((name, count) -> sum.merge(name, count, Long::sum));
        var all = pixels + other.pixels;
        var share = all == 0 ? 0 : (double) other.pixels / all;
        return new ColourCounts(samples + other.samples, all, meanA + share * (other.meanA - meanA),
                meanB + share * (other.meanB - meanB), meanSquare + share * (other.meanSquare - meanSquare), sum);
    }

    /** Of one frame, from a*, b* of its pixels one after the other. */
    static ColourCounts of(float[] ab) {
        var classes = new TreeMap<String, Long>();
        var counts = new int[64 * 64];
        var sums = new double[3];
        for (var i = 0; i < ab.length; i += 2) {
            sums[0] += ab[i];
            sums[1] += ab[i + 1];
            sums[2] += (double) ab[i] * ab[i] + (double) ab[i + 1] * ab[i + 1];
            counts[(Math.round(ab[i] / STEP) + 32) * 64 + Math.round(ab[i + 1] / STEP) + 32]++;
        }
        for (var cell = 0; cell < counts.length; cell++) {
            if (counts[cell] > 0) {
                classes.put((cell / 64 - 32) * STEP + "," + (cell % 64 - 32) * STEP, (long) counts[cell]);
            }
        }
        var pixels = ab.length / 2;
        var count = Math.max(1, pixels);
        return new ColourCounts(1, pixels, sums[0] / count, sums[1] / count, sums[2] / count, classes);
    }
}

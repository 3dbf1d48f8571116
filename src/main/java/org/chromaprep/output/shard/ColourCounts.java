package org.chromaprep.output.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How often colours and grey values occur.
 *
 * @param samples frames counted
 * @param pixels counted: all of a frame where it has {@code ab.npy}, otherwise the sampled ones
 * @param meanA mean a*
 * @param meanB mean b*
 * @param meanSquare mean of a*² + b*²
 * @param classes pixels nearest to each "a,b" in steps of ten; the classes' rarity is what rebalancing needs
 * @param luma pixels of each grey value, 0 to 255, in the grey pictures; none where there are no such pictures
 */
public record ColourCounts(
        long samples,
        long pixels,
        @JsonProperty("mean_a") double meanA,
        @JsonProperty("mean_b") double meanB,
        @JsonProperty("mean_square") double meanSquare,
        Map<String, Long> classes,
        List<Long> luma) {
    public static final ColourCounts NONE = new ColourCounts(0, 0, 0, 0, 0, Map.of(), List.of());

    private static final int STEP = 10;

    private static final int LEVELS = 256;

    /**
     * @throws IllegalArgumentException if there are other grey values than 256, or none
     */
    public ColourCounts {
        if (!luma.isEmpty() && luma.size() != LEVELS) {
            throw new IllegalArgumentException("There are " + LEVELS + " grey values, not " + luma.size() + ".");
        }
    }

    public ColourCounts plus(ColourCounts other) {
        var sum = new TreeMap<>(classes);
        other.classes.forEach((name, count) -> sum.merge(name, count, Long::sum));
        var all = pixels + other.pixels;
        var share = all == 0 ? 0 : (double) other.pixels / all;
        return new ColourCounts(
                samples + other.samples,
                all,
                meanA + share * (other.meanA - meanA),
                meanB + share * (other.meanB - meanB),
                meanSquare + share * (other.meanSquare - meanSquare),
                sum,
                sum(luma, other.luma));
    }

    private static List<Long> sum(List<Long> some, List<Long> more) {
        if (some.isEmpty() || more.isEmpty()) {
            return some.isEmpty() ? more : some;
        }
        return IntStream.range(0, LEVELS)
                .mapToObj(level -> some.get(level) + more.get(level))
                .toList();
    }

    /**
     * Of one frame.
     *
     * @param ab a*, b* of its pixels one after the other; none where it has no colours
     * @param grey values of its pixels, 0 to 255; none where it has no grey picture
     */
    static ColourCounts of(float[] ab, int[] grey) {
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
        return new ColourCounts(1, pixels, sums[0] / count, sums[1] / count, sums[2] / count, classes, luma(grey));
    }

    private static List<Long> luma(int[] grey) {
        var counts = new long[LEVELS];
        for (var level : grey) {
            counts[level]++;
        }
        return grey.length == 0 ? List.of() : Arrays.stream(counts).boxed().toList();
    }
}

package org.chromaprep.inspect.figure;

import java.util.Arrays;
import java.util.List;
import org.chromaprep.inspect.Plane;

/**
 * The numbers that colours run over.
 *
 * @param low the darkest
 * @param high the brightest, above {@code low}
 */
record Range(double low, double high) {
    /** Numbers closer together than this part of their size count as all alike, and stand in the middle of a scale. */
    private static final double LEAST_WIDTH = 1e-6;

    private static final double HALF = 0.5;
    private static final double ROOM = 0.04;

    static Range of(Plane plane) {
        return spread(plane.min(), plane.max());
    }

    static Range of(List<Plane> planes) {
        return spread(
                planes.stream().mapToDouble(Plane::min).min().orElse(0),
                planes.stream().mapToDouble(Plane::max).max().orElse(1));
    }

    /** The range without a part of the numbers at each end. */
    static Range trimmed(Plane plane, double part) {
        var sorted = plane.values().clone();
        Arrays.sort(sorted);
        var cut = (int) (part * (sorted.length - 1));
        return spread(sorted[cut], sorted[sorted.length - 1 - cut]);
    }

    /** From somewhat below one number to somewhat above another. */
    static Range around(double low, double high) {
        var exact = spread(low, high);
        var room = ROOM * (exact.high() - exact.low());
        return new Range(exact.low() - room, exact.high() + room);
    }

    private static Range spread(double low, double high) {
        var size = Math.max(Math.abs(low), Math.abs(high));
        if (high - low > LEAST_WIDTH * size) {
            return new Range(low, high);
        }
        var half = size > 0 ? size / 2 : HALF;
        return new Range(low - half, low + half);
    }
}

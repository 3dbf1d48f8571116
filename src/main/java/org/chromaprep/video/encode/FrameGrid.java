package org.chromaprep.video.encode;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chromaprep.video.Rational;

/**
 * The even spacing that a film's pictures have behind their rounded time stamps: containers whose clocks count milliseconds give
 * pictures of 1/24 s the times 0, 42, 83, 125.
 */
final class FrameGrid {
    /** As many ticks as a time stamp may lie beside the grid, for it was rounded to ticks. */
    private static final double ROUNDING = 1;
    /** A grid nearly as fine as the ticks fits everything. */
    private static final double LEAST_TICKS = 8;

    private static final double EXACT = 1e-6;
    /** A rate so near to one of the usual ones is that. */
    private static final double NEAR = 3e-4;
    /** What a file says of its rate may be a mean over too few pictures. */
    private static final double FAR = 0.02;

    private static final int NTSC = 1001;
    private static final List<Rational> USUAL = Stream.of(12, 15, 24, 25, 30, 48, 50, 60, 100, 120)
            .flatMap(rate -> Stream.of(new Rational(rate, 1), new Rational(1000 * rate, NTSC)))
            .toList();

    private final Rational rate;
    private final long[] places;
    private final double offset;

    private FrameGrid(Rational rate, long[] places, double offset) {
        this.rate = rate;
        this.places = places;
        this.offset = offset;
    }

    /**
     * Finds the grid of some pictures.
     *
     * @param times in ticks, each above the one before
     * @param tick seconds
     * @param rate pictures a second that the film has by its own account
     * @return empty if the pictures are not evenly spaced
     */
    static Optional<FrameGrid> of(long[] times, Rational tick, Rational rate) {
        if (times.length == 0) {
            return Optional.empty();
        }
        var candidates = Stream.concat(usual(rate, 0, NEAR), Stream.concat(Stream.of(rate), usual(rate, NEAR, FAR)));
        return candidates.flatMap(each -> fitted(times, tick, each).stream()).findFirst();
    }

    private static Stream<Rational> usual(Rational rate, double from, double to) {
        return USUAL.stream()
                .filter(usual -> distance(usual, rate) >= from && distance(usual, rate) < to)
                .sorted(Comparator.comparingDouble(usual -> distance(usual, rate)));
    }

    private static double distance(Rational one, Rational other) {
        return Math.abs(one.value() / other.value() - 1);
    }

    private static Optional<FrameGrid> fitted(long[] times, Rational tick, Rational rate) {
        var step = 1 / (tick.value() * rate.value());
        var places = new long[times.length];
        var least = 0.0;
        var most = 0.0;
        var common = 0L;
        for (var index = 1; index < times.length; index++) {
            var away = times[index] - times[0];
            places[index] = Math.round(away / step);
            var beside = away - places[index] * step;
            least = Math.min(least, beside);
            most = Math.max(most, beside);
            if (places[index] <= places[index - 1]) {
                return Optional.empty();
            }
            common = divisor(places[index] - places[index - 1], common);
        }
        var isExact = most - least < EXACT;
        if (!isExact && (step < LEAST_TICKS || most - least > 2 * ROUNDING)) {
            return Optional.empty();
        }
        var stride = Math.max(1, common);
        for (var index = 0; index < places.length; index++) {
            places[index] /= stride;
        }
        if ((long) rate.denominator() * stride > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        var offset = Math.max(most - ROUNDING, Math.min(least + ROUNDING, 0));
        return Optional.of(new FrameGrid(slower(rate, stride), places, isExact ? 0 : offset));
    }

    private static Rational slower(Rational rate, long stride) {
        var shared = divisor(rate.numerator(), stride);
        return new Rational((int) (rate.numerator() / shared), (int) (rate.denominator() * (stride / shared)));
    }

    private static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    /** Places a second, where every place but those of missing pictures has one. */
    Rational rate() {
        return rate;
    }

    /** A picture's place; the first's is 0. */
    long place(int picture) {
        return places[picture];
    }

    /** How many ticks after the first picture's time stamp place 0 lies: a fraction. */
    double offset() {
        return offset;
    }

    /** Whether no place is empty. */
    boolean isFull() {
        return places[places.length - 1] == places.length - 1;
    }
}

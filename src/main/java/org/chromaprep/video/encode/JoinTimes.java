package org.chromaprep.video.encode;

import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Rational;

/**
 * When the pictures of a joined film are shown, in ticks of its own. Pictures that are evenly spaced but for the rounding of their
 * time stamps are so exactly in the joined film. AVI knows no times but a picture's number at one rate.
 */
final class JoinTimes {
    private static final String AVI = "avi";
    private static final int FINE = 90_000;
    /** Rates that players of AVI bear. */
    private static final int FASTEST = 240;

    private static final int EVERY_PICTURE = 60;
    private static final double SHORT = 1.5;

    private final long[] times;
    private final Rational tick;
    private final long origin;
    private final Optional<FrameGrid> grid;
    private final Rational rate;
    private final Rational unit;
    private final long first;
    private final long[] slots;

    private JoinTimes(long[] times, Rational tick, Rational filmRate, long origin, boolean isNumbered) {
        this.times = times;
        this.tick = tick;
        this.origin = origin;
        grid = FrameGrid.of(times, tick, filmRate)
                .filter(each -> !isNumbered || each.rate().value() <= FASTEST);
        if (isNumbered) {
            rate = grid.map(FrameGrid::rate).orElse(new Rational(EVERY_PICTURE, 1));
            unit = rate.inverse();
        } else {
            rate = grid.map(FrameGrid::rate).orElse(filmRate);
            unit = grid.map(each -> fine(each.rate())).orElse(tick);
        }
        slots = grid.isEmpty() && isNumbered ? slots() : new long[0];
        first = slots.length > 0
                ? slots[0]
                : grid.isEmpty() || times[0] == origin
                        ? times[0] - origin
                        : ticks(times[0] - origin + grid.get().offset());
    }

    /**
     * @param times of the pictures, at least one, each above the one before
     * @param video what their ticks are, and how many there are in a second by the film's own account
     * @param origin the time that becomes 0
     * @param container FFmpeg's name of its format
     */
    static JoinTimes of(long[] times, EncoderSettings video, long origin, String container) {
        return new JoinTimes(times, video.timeBase(), video.frameRate(), origin, isNumbered(container));
    }

    /** Whether a container's pictures have numbers only. */
    static boolean isNumbered(String container) {
        return container.equals(AVI);
    }

    // A whole part of a picture's duration, so that the time of sound, too, is met well.
    private static Rational fine(Rational rate) {
        var parts = Math.max(1, FINE / rate.numerator());
        return new Rational(1, rate.numerator() * parts);
    }

    private long[] slots() {
        var numbers = new long[times.length];
        var least = 0L;
        for (var index = 0; index < numbers.length; index++) {
            numbers[index] = Math.max(least, ticks(times[index] - origin));
            least = numbers[index] + 1;
        }
        return numbers;
    }

    private long ticks(double sourceTicks) {
        return Math.round(sourceTicks * tick.value() / unit.value());
    }

    /** The joined film's ticks. */
    AVRational timeBase() {
        return avutil.av_make_q(unit.numerator(), unit.denominator());
    }

    /** Pictures a second: exactly, where they are evenly spaced. */
    Rational rate() {
        return rate;
    }

    /** Whether pictures are evenly spaced, but for missing ones. */
    boolean isEven() {
        return grid.isPresent();
    }

    /** Whether pictures had to move for the container's sake. */
    boolean isMoved() {
        return slots.length > 0;
    }

    /** When a picture is shown. */
    long at(int picture) {
        if (slots.length > 0) {
            return slots[picture];
        }
        return grid.map(each -> first + each.place(picture) * aPlace()).orElse(times[picture] - origin);
    }

    private long aPlace() {
        return Math.max(1, Math.round(1 / (rate.value() * unit.value())));
    }

    /**
     * How long the last picture is shown.
     *
     * @param end when it ends, in the source's ticks; empty for as long as pictures are shown usually
     */
    long last(OptionalLong end) {
        var index = times.length - 1;
        if (end.isEmpty()) {
            return aPlace();
        }
        var wanted = (end.getAsLong() - times[index]) * tick.value();
        var places = wanted * rate.value();
        // A part of a film may end within a picture, which does not make its rate another one.
        var isWhole = places < SHORT || Math.abs(places - Math.rint(places)) <= 2 * tick.value() * rate.value();
        return Math.max(
                1,
                grid.isPresent() && isWhole
                        ? Math.max(1, Math.round(places)) * aPlace()
                        : ticks(wanted / tick.value()));
    }
}

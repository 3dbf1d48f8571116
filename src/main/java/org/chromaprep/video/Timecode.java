package org.chromaprep.video;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A time code (SMPTE ST 12): the number of a frame as hours, minutes, seconds and frames. Where a second has 30000/1001 or
 * 60000/1001 frames, drop-frame codes leave numbers out at the beginning of nine minutes of ten, so that they keep to the clock.
 *
 * @param fps whole frames that a second of the code counts
 * @param drop whether numbers are left out
 * @param frame counts from 00:00:00:00, without those left out
 */
public record Timecode(int fps, boolean drop, long frame) {
    private static final Pattern TEXT = Pattern.compile("(\\d\\d):(\\d\\d):(\\d\\d)([:;.,])(\\d\\d\\d?)");
    private static final int MINUTE = 60;
    private static final int TEN = 10;
    private static final int HOURS = 24;
    private static final int SLOW = 30;

    /**
     * Reads a code.
     *
     * @param rate frames a second of the film
     * @param text HH:MM:SS:FF; with another mark than a colon before FF where numbers are left out
     * @return empty if the text is none, or cannot be one at that rate
     */
    public static Optional<Timecode> of(Rational rate, String text) {
        var match = TEXT.matcher(text);
        var fps = (int) Math.round(rate.value());
        if (!match.matches() || fps < 1) {
            return Optional.empty();
        }
        var drop = !match.group(4).equals(":") && fps % SLOW == 0;
        var hours = Integer.parseInt(match.group(1));
        var minutes = Integer.parseInt(match.group(2));
        var seconds = Integer.parseInt(match.group(3));
        var frames = Integer.parseInt(match.group(5));
        if (hours >= HOURS || minutes >= MINUTE || seconds >= MINUTE || frames >= fps) {
            return Optional.empty();
        }
        var allMinutes = (long) hours * MINUTE + minutes;
        var count = (allMinutes * MINUTE + seconds) * fps + frames;
        var leftOut = drop ? dropped(fps) * (allMinutes - allMinutes / TEN) : 0;
        return Optional.of(new Timecode(fps, drop, count - leftOut));
    }

    /** The code of a frame that is counted from 00:00:00:00, at a whole rate or one that is taken for it. */
    public static Optional<Timecode> ofFrame(Rational rate, long frame) {
        var fps = (int) Math.round(rate.value());
        return fps < 1 ? Optional.empty() : Optional.of(new Timecode(fps, false, frame));
    }

    private static int dropped(int fps) {
        return 2 * fps / SLOW;
    }

    /** The code so many frames later. */
    public Timecode plus(long frames) {
        return new Timecode(fps, drop, frame + frames);
    }

    /** HH:MM:SS:FF, with ; before FF where numbers are left out; begins anew after a day. */
    public String text() {
        var number = frame;
        if (drop) {
            var tenMinutes = (long) fps * MINUTE * TEN - (long) dropped(fps) * (TEN - 1);
            var minute = (long) fps * MINUTE - dropped(fps);
            var tens = Math.floorDiv(number, tenMinutes);
            var rest = Math.floorMod(number, tenMinutes);
            var minutes = rest < (long) fps * MINUTE ? 0 : (rest - dropped(fps)) / minute;
            number += dropped(fps) * ((TEN - 1) * tens + minutes);
        }
        var seconds = Math.floorDiv(number, fps);
        var day = Math.floorMod(seconds, (long) HOURS * MINUTE * MINUTE);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%s%02d",
                day / (MINUTE * MINUTE),
                day / MINUTE % MINUTE,
                day % MINUTE,
                drop ? ";" : ":",
                Math.floorMod(number, fps));
    }
}

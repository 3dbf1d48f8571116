package org.chromaprep.video.source;

import java.util.OptionalLong;
import org.chromaprep.video.Timeline;

/**
 * Film time of another stream than the pictures': of the packets that lie beside a stretch of the pictures, by that stretch's
 * clock. So sound keeps its distance to the pictures although streams do not jump at the same place of a file. One thread.
 */
final class SoundClock {
    /** Streams that belong together lie within so many seconds of each other. */
    static final double BESIDE = 5;

    private final Timeline timeline;
    private final FilmClock.Rules rules;
    private final ClockCounter counter;
    private final double tick;
    private int stretch;
    private long shift;
    private OptionalLong last = OptionalLong.empty();
    private long lastEnd;

    /**
     * @param counter counts the stream's clock on
     * @param tick seconds of its time stamps' unit
     */
    SoundClock(Timeline timeline, FilmClock.Rules rules, ClockCounter counter, double tick) {
        this.timeline = timeline;
        this.rules = rules;
        this.counter = counter;
        this.tick = tick;
    }

    /**
     * Film time of the next packet, in ticks.
     *
     * @param given its time stamp; empty for the end of the packet before
     * @param duration in ticks; 0 where unknown
     */
    long next(OptionalLong given, long duration) {
        var time = given.isPresent() ? counter.next(given.getAsLong()) : lastEnd;
        if (last.isEmpty()) {
            find(0, time);
        } else if (rules.isJump((time - last.getAsLong()) * tick) && !find(stretch + 1, time)) {
            // Nobody knows where it belongs; it continues.
            shift = lastEnd + shift - time;
        }
        last = OptionalLong.of(time);
        lastEnd = time + Math.max(0, duration);
        return time + shift;
    }

    /** The number of the stretch that the stream has reached. */
    int stretch() {
        return stretch;
    }

    private boolean find(int first, long time) {
        var seconds = time * tick;
        for (var index = first; index < timeline.stretches().size(); index++) {
            var candidate = timeline.stretches().get(index);
            if (seconds > candidate.from() - BESIDE && seconds < candidate.to() + BESIDE) {
                stretch = index;
                shift = Math.round(candidate.shift() / tick);
                return true;
            }
        }
        if (first == 0 && !timeline.stretches().isEmpty()) {
            shift = Math.round(timeline.stretches().get(0).shift() / tick);
        }
        return false;
    }
}

package org.chromaprep.video.source;

import java.util.OptionalLong;
import org.chromaprep.video.Timeline;

/**
 * Film time of subtitles, which come seldom: by the clock of the stretch of the pictures that a time stamp lies in, of several the
 * one that sound has reached. One thread.
 */
final class TextClock {
    private final Timeline timeline;
    private final ClockCounter counter;
    private final double tick;
    private int stretch;
    private long last = Long.MIN_VALUE;

    /**
     * @param counter counts the stream's clock on
     * @param tick seconds of its time stamps' unit
     */
    TextClock(Timeline timeline, ClockCounter counter, double tick) {
        this.timeline = timeline;
        this.counter = counter;
        this.tick = tick;
    }

    /**
     * Film time of the next packet, in ticks.
     *
     * @param given its time stamp; empty for the packet's before
     * @param reached the stretch that the file's sound is in
     */
    long next(OptionalLong given, int reached) {
        if (given.isPresent()) {
            last = counter.next(given.getAsLong());
        }
        var time = last == Long.MIN_VALUE ? 0 : last;
        var seconds = time * tick;
        var stretches = timeline.stretches();
        for (var index = Math.max(stretch, reached); index < stretches.size(); index++) {
            if (seconds >= stretches.get(index).from() - SoundClock.BESIDE
                    && seconds < stretches.get(index).to() + SoundClock.BESIDE) {
                stretch = index;
                break;
            }
        }
        return stretches.isEmpty()
                ? time
                : time + Math.round(stretches.get(stretch).shift() / tick);
    }
}

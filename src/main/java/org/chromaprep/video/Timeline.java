package org.chromaprep.video;

import java.util.List;

/**
 * How a film's own time stamps become film time, which runs on from second 0, the first picture's, without a jump. A film
 * whose clock starts anew, such as several recordings in one file, has a stretch for each start.
 *
 * @param stretches in the film's order; none where time stamps are film time
 */
public record Timeline(List<Stretch> stretches) {
    /** Time stamps are film time. */
    public static final Timeline PLAIN = new Timeline(List.of());

    public Timeline {
        stretches = List.copyOf(stretches);
    }

    /**
     * A part of the film whose clock runs on evenly.
     *
     * @param from the earliest time stamp of its pictures, in seconds
     * @param to where its pictures end, in seconds by the same clock
     * @param shift seconds from a time stamp to film time
     */
    public record Stretch(double from, double to, double shift) {}
}

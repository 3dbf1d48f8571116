package org.chromaprep.video;

import java.nio.file.Path;

/**
 * The film whose sound, subtitles, chapters and titles go with a joined film, and which part of it.
 *
 * @param path the film's file
 * @param start the first second wanted, in film time; negative infinity for all
 * @param end the second it stops before, in film time; infinity for all
 * @param timeline how the file's time stamps become film time
 */
public record TrackSource(Path path, double start, double end, Timeline timeline) {
    /**
     * @throws IllegalArgumentException if a bound is not a number or the end is not after the start
     */
    public TrackSource {
        if (!(start < end)) {
            throw new IllegalArgumentException("The sound of " + path + " must end after it starts, not from " + start
                    + " to " + end + " seconds.");
        }
    }

    /** All of a film whose time stamps are film time. */
    public static TrackSource whole(Path path) {
        return new TrackSource(path, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Timeline.PLAIN);
    }
}

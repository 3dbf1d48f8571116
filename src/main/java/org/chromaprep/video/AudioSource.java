package org.chromaprep.video;

import java.nio.file.Path;

/**
 * The film whose sound goes with a joined film, and which part of it.
 *
 * @param path the film's file
 * @param start the first second wanted, in film time; negative infinity for all
 * @param end the second it stops before, in film time; infinity for all
 * @param timeline how the file's time stamps become film time
 */
public record AudioSource(Path path, double start, double end, Timeline timeline) {
    /**
     * @throws IllegalArgumentException if a bound is not a number or the end is not after the start
     */
    public AudioSource {
        if (!(start < end)) {
            throw new IllegalArgumentException("The sound of " + path + " must end after it starts, not from " + start
                    + " to " + end + " seconds.");
        }
    }

    /** All sound of a film whose time stamps are film time. */
    public static AudioSource whole(Path path) {
        return new AudioSource(path, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Timeline.PLAIN);
    }
}

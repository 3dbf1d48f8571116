package org.chromaprep.video;

import java.nio.file.Path;

/**
 * The film whose sound goes with a joined film, and which part of it.
 *
 * @param path the film's file
 * @param start the first second wanted, by the file's own time stamps; negative infinity for all
 * @param end the second it stops before, by the file's own time stamps; infinity for all
 */
public record AudioSource(Path path, double start, double end) {
    /**
     * @throws IllegalArgumentException if a bound is not a number or the end is not after the start
     */
    public AudioSource {
        if (!(start < end)) {
            throw new IllegalArgumentException("The sound of " + path + " must end after it starts, not from " + start
                    + " to " + end + " seconds.");
        }
    }

    /** All sound of a film. */
    public static AudioSource whole(Path path) {
        return new AudioSource(path, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}

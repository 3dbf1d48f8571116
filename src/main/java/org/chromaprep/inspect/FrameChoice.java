package org.chromaprep.inspect;

/** Which frame of a film is looked at. */
public sealed interface FrameChoice {
    /** The frame of a number, from 0. */
    record Number(long index) implements FrameChoice {}

    /** The frame that is shown at a time, in seconds of film. */
    record Time(double seconds) implements FrameChoice {}
}

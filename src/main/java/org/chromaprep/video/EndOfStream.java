package org.chromaprep.video;

/** The film is over; every further read says so again. */
public record EndOfStream() implements ReadResult {}

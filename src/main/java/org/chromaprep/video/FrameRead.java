package org.chromaprep.video;

/**
 * A frame was decoded into the caller's picture.
 *
 * @param time which one
 * @param concealed whether the decoder reports damage that it painted over; such a frame was decoded and is not lost
 */
public record FrameRead(FrameTime time, boolean concealed) implements ReadResult {}

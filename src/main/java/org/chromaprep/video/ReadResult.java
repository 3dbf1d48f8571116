package org.chromaprep.video;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What reading the next frame gave. */
public sealed interface ReadResult {
    /**
     * A frame was decoded into the caller's picture.
     *
     * @param time which one
     * @param concealed whether the decoder reports damage that it painted over; such a frame was decoded and is not lost
     */
    record FrameRead(FrameTime time, boolean concealed) implements ReadResult {}

    /**
     * A frame that could not be decoded. Reading continues after it.
     *
     * @param seconds since the start of the video stream, as far as known
     * @param pts its time stamp in the source's time base, as far as known
     * @param reason why, without a full stop
     */
    record LostFrame(OptionalDouble seconds, OptionalLong pts, String reason) implements ReadResult {}

    /** The film is over; every further read says so again. */
    record EndOfStream() implements ReadResult {}
}

package org.chromaprep.video;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What reading the next frame gave. */
public sealed interface ReadResult {
    /**
     * A frame was decoded into the caller's picture.
     *
     * @param time which one
     * @param duration seconds that it is shown, as far as the film says; 0 where it does not
     * @param concealed whether the decoder reports damage that it painted over; such a frame was decoded and is not lost
     * @param remark what is odd about its time, without a full stop
     */
    record FrameRead(FrameTime time, double duration, boolean concealed, Optional<String> remark)
            implements ReadResult {
        /** A frame of which nothing more is known. */
        public FrameRead(FrameTime time, boolean concealed) {
            this(time, 0, concealed, Optional.empty());
        }
    }

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

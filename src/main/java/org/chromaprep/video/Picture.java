package org.chromaprep.video;

import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.natives.OpenState;

/**
 * A decoded frame, which stays in FFmpeg's memory and in its own format until a scaler reads it. Made once and reused:
 * every {@link VideoSource#read} into it lets go of the frame before. Whoever made it closes it. One thread at a time.
 */
public final class Picture implements AutoCloseable {
    private final OpenState state = new OpenState("This picture");
    private final AVFrame frame = avutil.av_frame_alloc();
    private FrameTime time = new FrameTime(0, OptionalLong.empty(), 0);
    private Orientation orientation = Orientation.UPRIGHT;

    /** Which frame this is; meaningless before the first read. */
    public FrameTime time() {
        return time;
    }

    /** Pixels a row, as shown; 0 before the first read. */
    public int width() {
        state.check();
        return orientation.width(frame.width(), frame.height());
    }

    /** Rows, as shown; 0 before the first read. */
    public int height() {
        state.check();
        return orientation.height(frame.width(), frame.height());
    }

    /** Takes a frame over without copying its pixels; the given one is empty afterwards. */
    public void take(AVFrame decoded, FrameTime newTime, Orientation newOrientation) {
        state.check();
        avutil.av_frame_unref(frame);
        avutil.av_frame_move_ref(frame, decoded);
        time = newTime;
        orientation = newOrientation;
    }

    /**
     * Takes another picture's frame over, which is empty afterwards; nothing is copied. The other may be on loan from
     * another thread only after a hand-over.
     */
    public void takeFrom(Picture other) {
        take(other.frame, other.time, other.orientation);
    }

    /** Gives the frame another time, as that of a picture within a folder or of a recording that continues. */
    public void retime(FrameTime newTime) {
        time = newTime;
    }

    public AVFrame frame() {
        state.check();
        return frame;
    }

    public Orientation orientation() {
        return orientation;
    }

    @Override
    public void close() {
        if (state.close()) {
            avutil.av_frame_free(frame);
        }
    }
}

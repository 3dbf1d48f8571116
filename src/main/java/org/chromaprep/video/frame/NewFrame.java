package org.chromaprep.video.frame;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** Puts a frame of another format in the place of one. Stateless. */
final class NewFrame {
    private NewFrame() {}

    /**
     * A frame with memory of its own and all that is said of another; the caller hands it to {@link #replace}.
     *
     * @throws OutOfMemoryError if there is none
     */
    static AVFrame like(AVFrame frame, int format) {
        var made = avutil.av_frame_alloc();
        made.format(format).width(frame.width()).height(frame.height());
        if (avutil.av_frame_get_buffer(made, 0) < 0) {
            avutil.av_frame_free(made);
            throw new OutOfMemoryError(
                    "There is no memory for a frame of " + frame.width() + "x" + frame.height() + ".");
        }
        avutil.av_frame_copy_props(made, frame);
        return made;
    }

    /** Gives the new frame's contents to the old one and frees the new one. */
    static void replace(AVFrame frame, AVFrame made) {
        avutil.av_frame_unref(frame);
        avutil.av_frame_move_ref(frame, made);
        avutil.av_frame_free(made);
    }
}

package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Makes packets of frames, in their order. Whoever made one closes it. One thread. */
interface FrameEncoder extends AutoCloseable {
    /** Takes packets. */
    interface Taker {
        /** @param packet its contents may be moved away */
        void take(AVPacket packet) throws EncodingException;
    }

    /** What the packets' stream is; not to be closed. */
    AVCodecContext context();

    /**
     * Takes a frame, and hands on the packets that are ready.
     *
     * @param frame may be referred to beyond this call
     * @throws EncodingException if the encoder refuses
     */
    void encode(AVFrame frame, Taker taker) throws EncodingException;

    /**
     * Hands on the packets that are left; no frame may follow.
     *
     * @throws EncodingException if the encoder refuses
     */
    void end(Taker taker) throws EncodingException;

    @Override
    void close();
}

package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.ffmpeg.FfmpegErrors;

/** One of FFmpeg's encoders, which must give back a packet for each frame, in their order. */
final class SingleEncoder implements FrameEncoder {
    private final EncoderSettings settings;
    private final AVCodecContext encoder;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private long frames;
    private long packets;

    /**
     * @throws IllegalArgumentException if the codec is unknown
     * @throws EncodingException if the encoder refuses the settings
     */
    SingleEncoder(EncoderSettings settings) throws EncodingException {
        this.settings = settings;
        this.encoder = EncoderContexts.open(settings);
    }

    @Override
    public AVCodecContext context() {
        return encoder;
    }

    @Override
    public void encode(AVFrame frame, Taker taker) throws EncodingException {
        frame.pts(frames);
        frames++;
        check(avcodec.avcodec_send_frame(encoder, frame));
        drain(taker);
    }

    @Override
    public void end(Taker taker) throws EncodingException {
        if (frames > 0) {
            check(avcodec.avcodec_send_frame(encoder, null));
            drain(taker);
        }
        if (packets != frames) {
            throw new EncodingException("The encoder " + settings.codec() + " returned " + packets + " of " + frames
                    + " pictures; choose another codec.");
        }
    }

    private void drain(Taker taker) throws EncodingException {
        for (var got = avcodec.avcodec_receive_packet(encoder, packet);
                got != avutil.AVERROR_EAGAIN() && got != avutil.AVERROR_EOF;
                got = avcodec.avcodec_receive_packet(encoder, packet)) {
            check(got);
            if (packet.pts() != packets) {
                throw new EncodingException("The encoder " + settings.codec()
                        + " does not return pictures one by one in their order; choose another codec.");
            }
            packets++;
            taker.take(packet);
        }
    }

    private void check(int code) throws EncodingException {
        if (code < 0) {
            throw new EncodingException("The encoder " + settings.codec() + " failed at frame " + frames + " of "
                    + settings.width() + "x" + settings.height() + " (" + FfmpegErrors.describe(code)
                    + "); choose another codec or a smaller size.");
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(encoder);
    }
}

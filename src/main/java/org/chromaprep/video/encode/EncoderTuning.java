package org.chromaprep.video.encode;

import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The quality that painted pictures need: thin text and hard edges between clusters must stay legible. Each encoder is
 * asked for it in its own words, as a fixed quantizer where it knows one, and by a bit rate that follows from the size else.
 */
final class EncoderTuning {
    /** Bits a pixel a frame for encoders that are steered by bit rate. */
    private static final double BITS_A_PIXEL = 0.25;

    private static final long LEAST_BIT_RATE = 500_000;
    /** Quantizer of the MPEG family and of JPEG, 1 the best to 31. */
    private static final int FINE_QUANTIZER = 2;
    /** H.264's quantizer, 0 the finest to 51: a finer one spends two to three times the bytes and a fifth more time on grain. */
    private static final int H264_QUANTIZER = 24;

    private static final double SECONDS_BETWEEN_KEY_FRAMES = 2;

    private static final Map<String, Map<String, String>> OPTIONS = Map.of(
            "libopenh264", Map.of("rc_mode", "quality", "allow_skip_frames", "0"),
            "h264_nvenc", Map.of("rc", "constqp", "qp", "24", "preset", "p4"),
            "hevc_nvenc", Map.of("rc", "constqp", "qp", "24", "preset", "p4"),
            "libvpx", Map.of("crf", "8", "deadline", "good", "cpu-used", "4", "auto-alt-ref", "0"),
            "libvpx-vp9", Map.of("crf", "22", "deadline", "good", "cpu-used", "5", "row-mt", "1", "auto-alt-ref", "0"),
            "libsvtav1", Map.of("crf", "24", "preset", "10"),
            "libaom-av1", Map.of("crf", "22", "cpu-used", "8"),
            "ffv1", Map.of("level", "3"));

    private static final Set<String> FINE =
            Set.of("mpeg4", "libxvid", "msmpeg4", "msmpeg4v2", "mpeg1video", "mpeg2video", "flv", "h263p", "mjpeg");

    private EncoderTuning() {}

    /** Whether an encoder's quantizer is fixed here, so that nothing of what it has done decides what it does at a key frame. */
    static boolean isSteeredByQuantizer(AVCodec encoder) {
        var name = encoder.name().getString();
        return name.equals("libopenh264") || FINE.contains(name);
    }

    /** Frames from one key frame to the next, at so many a second. */
    static int groupFrames(double rate) {
        return (int) Math.max(1, Math.round(SECONDS_BETWEEN_KEY_FRAMES * rate));
    }

    /** Sets what is common to the context; the map holds the encoder's own options, for its opening. */
    static Map<String, String> apply(AVCodec encoder, AVCodecContext context) {
        var name = encoder.name().getString();
        var rate = avutil.av_q2d(context.framerate());
        context.gop_size(groupFrames(rate)).max_b_frames(0);
        var pixels = (double) context.width() * context.height();
        var bitRate = Math.max(LEAST_BIT_RATE, Math.round(BITS_A_PIXEL * pixels * rate));
        if (FINE.contains(name)) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE)
                    .global_quality(FINE_QUANTIZER * avutil.FF_QP2LAMBDA);
            return OPTIONS.getOrDefault(name, Map.of());
        }
        switch (name) {
            case "libvpx-vp9", "libsvtav1", "libaom-av1", "h264_nvenc", "hevc_nvenc" -> context.bit_rate(0);
            case "libopenh264" -> context.bit_rate(bitRate).qmin(H264_QUANTIZER).qmax(H264_QUANTIZER);
            default -> context.bit_rate(bitRate);
        }
        return OPTIONS.getOrDefault(name, Map.of());
    }
}

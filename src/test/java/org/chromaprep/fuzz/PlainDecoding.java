package org.chromaprep.fuzz;

import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A film's pictures as FFmpeg alone reads and decodes them, whatever it complains of: what a ledger is held against.
 *
 * @param packets of the film's stream
 * @param frames that the decoder gives for them
 * @param owed whether the codec has one frame in each packet
 */
record PlainDecoding(long packets, long frames, boolean owed) {
    private static final Set<Integer> ONE_IN_EACH = Set.of(
            avcodec.AV_CODEC_ID_MPEG4,
            avcodec.AV_CODEC_ID_FFV1,
            avcodec.AV_CODEC_ID_HUFFYUV,
            avcodec.AV_CODEC_ID_PRORES,
            avcodec.AV_CODEC_ID_DVVIDEO);
    private static final PlainDecoding NOTHING = new PlainDecoding(0, 0, false);

    static PlainDecoding of(Path file, long maxPixels) {
        var container = new AVFormatContext(null);
        var decoder = new AVCodecContext(null);
        var packet = avcodec.av_packet_alloc();
        try {
            if (avformat.avformat_open_input(container, "file:" + file, (AVInputFormat) null, (AVDictionary) null) < 0
                    || avformat.avformat_find_stream_info(container, (PointerPointer<?>) null) < 0) {
                return NOTHING;
            }
            var best = avformat.av_find_best_stream(
                    container, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
            var codec = best < 0
                    ? null
                    : avcodec.avcodec_find_decoder(
                            container.streams(best).codecpar().codec_id());
            if (codec == null) {
                return NOTHING;
            }
            decoder = avcodec.avcodec_alloc_context3(codec);
            avcodec.avcodec_parameters_to_context(
                    decoder, container.streams(best).codecpar());
            decoder.max_pixels(maxPixels);
            if (avcodec.avcodec_open2(decoder, codec, (PointerPointer<?>) null) < 0) {
                return NOTHING;
            }
            var packets = 0L;
            var frames = 0L;
            while (avformat.av_read_frame(container, packet) >= 0) {
                if (packet.stream_index() == best) {
                    packets++;
                    frames += send(decoder, packet);
                }
                avcodec.av_packet_unref(packet);
            }
            return new PlainDecoding(packets, frames + send(decoder, null), ONE_IN_EACH.contains(decoder.codec_id()));
        } finally {
            avcodec.av_packet_free(packet);
            avcodec.avcodec_free_context(decoder);
            avformat.avformat_close_input(container);
        }
    }

    private static long send(AVCodecContext decoder, AVPacket packet) {
        avcodec.avcodec_send_packet(decoder, packet);
        var frame = avutil.av_frame_alloc();
        var frames = 0L;
        try {
            while (avcodec.avcodec_receive_frame(decoder, frame) >= 0) {
                frames++;
            }
            return frames;
        } finally {
            avutil.av_frame_free(frame);
        }
    }
}

package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A film of noise that moves, in groups of pictures: for tests of what a decoder must know to begin in the midst of one.
 *
 * @param codec of FFmpeg
 * @param container by the file's ending
 * @param group pictures from one key frame to the next
 * @param between pictures between two others that are decoded after them
 * @param frames of the film
 * @param irregular whether pictures stay for one or two ticks, by chance
 * @param still whether each picture is shown twice, so that neighbours cannot be told from each other
 * @param seed of the noise
 */
record GroupedFilm(
        String codec,
        String container,
        int group,
        int between,
        int frames,
        boolean irregular,
        boolean still,
        long seed) {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    Path write(Path folder) {
        var file = folder.resolve("film." + container);
        var output = new AVFormatContext(null);
        assertThat(avformat.avformat_alloc_output_context2(output, null, null, file.toString()))
                .isNotNegative();
        var encoder = encoder();
        var stream = avformat.avformat_new_stream(output, null);
        avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder);
        stream.time_base(encoder.time_base());
        var io = new AVIOContext(null);
        assertThat(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE))
                .isNotNegative();
        output.pb(io);
        assertThat(avformat.avformat_write_header(output, (PointerPointer<?>) null))
                .isNotNegative();
        var packet = avcodec.av_packet_alloc();
        var frame = avutil.av_frame_alloc();
        frame.width(WIDTH).height(HEIGHT).format(avutil.AV_PIX_FMT_YUV420P);
        assertThat(avutil.av_frame_get_buffer(frame, 0)).isNotNegative();
        var random = new Random(seed);
        var time = 0L;
        for (var number = 0; number < frames; number++) {
            avutil.av_frame_make_writable(frame);
            paint(frame, still ? number / 2 : number);
            frame.pts(time);
            time += irregular && random.nextBoolean() ? 2 : 1;
            assertThat(avcodec.avcodec_send_frame(encoder, frame)).isNotNegative();
            drain(encoder, packet, output);
        }
        avcodec.avcodec_send_frame(encoder, null);
        drain(encoder, packet, output);
        assertThat(avformat.av_write_trailer(output)).isNotNegative();
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(encoder);
        avformat.avio_closep(io);
        avformat.avformat_free_context(output);
        return file;
    }

    private AVCodecContext encoder() {
        var kind = avcodec.avcodec_find_encoder_by_name(codec);
        var encoder = avcodec.avcodec_alloc_context3(kind);
        encoder.width(WIDTH).height(HEIGHT).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        encoder.time_base(avutil.av_make_q(1, 25)).framerate(avutil.av_make_q(25, 1));
        encoder.gop_size(group).max_b_frames(between).bit_rate(400_000).thread_count(1);
        encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
        if (codec.equals("mjpeg")) {
            encoder.color_range(avutil.AVCOL_RANGE_JPEG);
        }
        if (!container.equals("ts") && !container.equals("avi")) {
            encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        assertThat(avcodec.avcodec_open2(encoder, kind, (AVDictionary) null)).isNotNegative();
        return encoder;
    }

    private void paint(AVFrame frame, int number) {
        var random = new Random(seed + number / 40);
        var picture = new byte[WIDTH];
        for (var plane = 0; plane < 3; plane++) {
            var rows = plane == 0 ? HEIGHT : HEIGHT / 2;
            for (var row = 0; row < rows; row++) {
                random.nextBytes(picture);
                picture[(row + number) % (plane == 0 ? WIDTH : WIDTH / 2)] = (byte) (number * 5);
                frame.data(plane)
                        .position((long) row * frame.linesize(plane))
                        .put(picture, 0, plane == 0 ? WIDTH : WIDTH / 2);
            }
        }
    }

    private static void drain(AVCodecContext encoder, AVPacket packet, AVFormatContext output) {
        while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
            packet.stream_index(0);
            avcodec.av_packet_rescale_ts(
                    packet, encoder.time_base(), output.streams(0).time_base());
            assertThat(avformat.av_interleaved_write_frame(output, packet)).isNotNegative();
        }
    }
}

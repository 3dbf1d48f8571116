package org.chromaprep.video.encode;

import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/** Finds out whether a container takes a stream by writing its header into memory: containers know more than they say. */
final class HeaderTrial {
    private HeaderTrial() {}

    /**
     * Why a container does not take a stream beside the video; empty if it does.
     *
     * @param format the container
     * @param video what the video stream is
     * @param videoTime its time base
     * @param other the other stream
     */
    static Optional<String> refusal(
            AVOutputFormat format, AVCodecParameters video, AVRational videoTime, AVStream other) {
        return refusal(format, context -> {
            add(context, video, videoTime);
            FilmTags.copy(other, add(context, other.codecpar(), other.time_base()), format);
        });
    }

    /**
     * Whether a container takes a time code.
     *
     * @param video what the video stream is
     * @param rate pictures a second
     */
    static boolean takesTimecode(AVOutputFormat format, AVCodecParameters video, Rational rate, String code) {
        return refusal(format, context -> {
                    try (var exact = avutil.av_make_q(rate.numerator(), rate.denominator())) {
                        var stream = add(context, video, avutil.av_inv_q(exact));
                        stream.avg_frame_rate(exact);
                    }
                    var tags = new AVDictionary(null);
                    FilmTags.set(tags, FilmTags.TIMECODE, code);
                    context.metadata(tags);
                })
                .isEmpty();
    }

    private static Optional<String> refusal(AVOutputFormat format, Consumer<AVFormatContext> content) {
        var context = new AVFormatContext(null);
        var io = new AVIOContext(null);
        var options = new AVDictionary(null);
        FfmpegLog.forget();
        try {
            var code = avformat.avformat_alloc_output_context2(context, format, (String) null, (String) null);
            if (code >= 0) {
                code = avformat.avio_open_dyn_buf(io);
                context.pb(io);
                content.accept(context);
                code = code < 0 ? code : avformat.avformat_write_header(context, options);
            }
            return code < 0 ? Optional.of(FfmpegLog.describe(code)) : Optional.empty();
        } finally {
            if (!io.isNull()) {
                var bytes = new BytePointer((Pointer) null);
                avformat.avio_close_dyn_buf(io, bytes);
                avutil.av_free(bytes);
            }
            avutil.av_dict_free(options);
            if (!context.isNull()) {
                context.pb(null);
                avformat.avformat_free_context(context);
            }
        }
    }

    private static AVStream add(AVFormatContext context, AVCodecParameters parameters, AVRational timeBase) {
        var stream = avformat.avformat_new_stream(context, null);
        avcodec.avcodec_parameters_copy(stream.codecpar(), parameters);
        stream.codecpar().codec_tag(0);
        stream.time_base(timeBase);
        return stream;
    }
}

package org.chromaprep.video.encode;

import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.video.ffmpeg.FfmpegErrors;

/** Reads the packets of {@link VideoWriter}'s segments one after another. Whoever opened it closes it. One thread. */
final class SegmentReader implements AutoCloseable {
    private final List<Path> segments;
    private AVFormatContext container = new AVFormatContext(null);
    private int next;

    /**
     * Opens the first segment.
     *
     * @param segments at least one
     * @throws EncodingException if it cannot be read
     */
    SegmentReader(List<Path> segments) throws EncodingException {
        this.segments = segments;
        try {
            open();
        } catch (EncodingException e) {
            close();
            throw e;
        }
    }

    /** What the stream is; all segments have been written with the same settings. */
    AVCodecParameters parameters() {
        return container.streams(0).codecpar();
    }

    /**
     * Reads the next packet, with its times in the given time base.
     *
     * @return whether there was one
     * @throws EncodingException if a segment is damaged
     */
    boolean read(AVPacket packet, AVRational timeBase) throws EncodingException {
        var code = avformat.av_read_frame(container, packet);
        while (code == avutil.AVERROR_EOF() && next < segments.size()) {
            avformat.avformat_close_input(container);
            open();
            code = avformat.av_read_frame(container, packet);
        }
        if (code == avutil.AVERROR_EOF()) {
            return false;
        }
        check(code);
        avcodec.av_packet_rescale_ts(packet, container.streams(0).time_base(), timeBase);
        return true;
    }

    private void open() throws EncodingException {
        container = new AVFormatContext(null);
        var url = "file:" + segments.get(next).toAbsolutePath();
        next++;
        check(avformat.avformat_open_input(container, url, avformat.av_find_input_format("nut"), (AVDictionary) null));
        check(avformat.avformat_find_stream_info(container, (PointerPointer<?>) null));
    }

    private void check(int code) throws EncodingException {
        if (code < 0) {
            throw new EncodingException(
                    "The part " + segments.get(next - 1) + " of the annotated video cannot be read ("
                            + FfmpegErrors.describe(code) + "); run again with `overwrite`.");
        }
    }

    @Override
    public void close() {
        if (!container.isNull()) {
            avformat.avformat_close_input(container);
        }
    }
}

package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Copies packets as they are, each at its time; where two overlap, as recordings that were joined do, the later one behind. */
final class CopiedTrack implements JoinedTrack {
    private final OutputFile file;
    private final int target;
    private final AVStream source;
    private final AVRational from;
    private long last = Long.MIN_VALUE;
    private long before;
    private long together;
    private double astray;
    private boolean isCounted = true;

    /**
     * @param target the number of the stream in the joined film
     * @param source the stream; stays the caller's
     */
    CopiedTrack(OutputFile file, int target, AVStream source) {
        this.file = file;
        this.target = target;
        this.source = source;
        this.from = source.time_base();
    }

    @Override
    public int write(AVPacket packet) {
        follow(packet);
        giveDuration(packet);
        avcodec.av_packet_rescale_ts(packet, from, file.stream(target).time_base());
        if (last != Long.MIN_VALUE && packet.dts() <= last) {
            packet.dts(last + 1).pts(Math.max(packet.pts(), last + 1));
        }
        last = packet.dts();
        packet.stream_index(target).pos(-1);
        var code = file.write(packet);
        avcodec.av_packet_unref(packet);
        return code == avutil.AVERROR_EOF() ? 0 : code;
    }

    // A container that has durations cuts off a last packet without one.
    private void giveDuration(AVPacket packet) {
        var samples = avcodec.av_get_audio_frame_duration2(source.codecpar(), packet.size());
        var rate = source.codecpar().sample_rate();
        if (packet.duration() <= 0 && source.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
            packet.duration(
                    samples > 0 && rate > 0
                            ? Math.round(samples / (rate * avutil.av_q2d(from)))
                            : Math.max(0, packet.pts() - before));
        }
        before = packet.pts();
    }

    // Containers round durations; sound counts its samples.
    private void follow(AVPacket packet) {
        var samples = avcodec.av_get_audio_frame_duration2(source.codecpar(), packet.size());
        isCounted &= samples > 0 && source.codecpar().sample_rate() > 0;
        if (isCounted) {
            var time = packet.pts() * avutil.av_q2d(from);
            astray = Math.max(
                    astray,
                    Math.abs(time - (double) together / source.codecpar().sample_rate()));
            together += samples;
        }
    }

    @Override
    public int finish() {
        return 0;
    }

    @Override
    public double astray() {
        return isCounted ? astray : 0;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}

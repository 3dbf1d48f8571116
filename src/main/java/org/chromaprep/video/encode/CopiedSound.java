package org.chromaprep.video.encode;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Copies packets as they are, each at its time; where two overlap, as recordings that were joined do, the later one behind. */
final class CopiedSound implements SoundTrack {
    private final OutputFile file;
    private final int target;
    private final AVRational from;
    private long last = Long.MIN_VALUE;

    /**
     * @param target the number of the stream in the joined film
     * @param from the source's time base
     */
    CopiedSound(OutputFile file, int target, AVRational from) {
        this.file = file;
        this.target = target;
        this.from = from;
    }

    @Override
    public int write(AVPacket packet) {
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

    @Override
    public int finish() {
        return 0;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}

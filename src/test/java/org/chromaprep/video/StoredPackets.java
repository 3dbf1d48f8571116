package org.chromaprep.video;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** The packets of a file as they are stored. */
public final class StoredPackets {
    /**
     * One packet.
     *
     * @param seconds when it is shown or heard
     * @param duration for how many seconds
     */
    public record Packet(long pts, double seconds, double duration, ByteBuffer bytes) {}

    private StoredPackets() {}

    /** Every stream's packets in the file's order. */
    public static List<List<Packet>> of(Path file) {
        var streams = new ArrayList<List<Packet>>();
        var container = new AVFormatContext(null);
        var packet = avcodec.av_packet_alloc();
        try {
            if (avformat.avformat_open_input(container, file.toString(), (AVInputFormat) null, (AVDictionary) null) < 0
                    || avformat.avformat_find_stream_info(container, (PointerPointer<?>) null) < 0) {
                throw new AssertionError(file + " cannot be read");
            }
            while (avformat.av_read_frame(container, packet) >= 0) {
                while (streams.size() <= packet.stream_index()) {
                    streams.add(new ArrayList<>());
                }
                var bytes = new byte[packet.size()];
                packet.data().get(bytes);
                var tick =
                        avutil.av_q2d(container.streams(packet.stream_index()).time_base());
                streams.get(packet.stream_index())
                        .add(new Packet(
                                packet.pts(), packet.pts() * tick, packet.duration() * tick, ByteBuffer.wrap(bytes)));
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
            avformat.avformat_close_input(container);
        }
        return streams;
    }
}

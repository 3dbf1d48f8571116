package org.chromaprep.video.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.global.avutil;

/** How far each stream of a container has been read, by the packets' own times. One thread. */
final class Reach {
    private final AVFormatContext container;
    private final Map<Integer, Span> spans = new HashMap<>();
    private long delivered;
    private long unaccounted;
    private long largest = LEAST_HOLE;
    private boolean skipped;

    /** The seconds that a stream's packets cover. */
    record Span(double from, double to) {
        Span with(double begin, double end) {
            return new Span(Math.min(from, begin), Math.max(to, end));
        }

        double length() {
            return to - from;
        }
    }

    private static final long LEAST_HOLE = 1 << 13;

    Reach(AVFormatContext container) {
        this.container = container;
    }

    /**
     * A packet was read.
     *
     * @param usual seconds that one lasts where it does not say
     */
    void read(AVPacket packet, double usual) {
        account(packet);
        var given = FilmClock.known(packet.pts());
        var time = given.isPresent() ? given : FilmClock.known(packet.dts());
        if (time.isPresent()) {
            var tick = avutil.av_q2d(container.streams(packet.stream_index()).time_base());
            var begin = time.getAsLong() * tick;
            var end = begin + (packet.duration() > 0 ? packet.duration() * tick : usual);
            spans.merge(packet.stream_index(), new Span(begin, end), (all, one) -> all.with(one.from(), one.to()));
        }
    }

    // What lies between packets is a little of the container's own, and what a demuxer keeps back is a packet or two.
    private void account(AVPacket packet) {
        if (packet.pos() >= 0) {
            var now = packet.pos() - delivered;
            skipped = unaccounted > 0 && now - unaccounted > 2 * largest;
            unaccounted = Math.max(unaccounted, now);
        }
        delivered += packet.size();
        largest = Math.max(largest, packet.size());
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(spans.size());
        for (var each : new TreeMap<>(spans).entrySet()) {
            out.writeInt(each.getKey());
            out.writeDouble(each.getValue().from());
            out.writeDouble(each.getValue().to());
        }
        out.writeLong(delivered);
        out.writeLong(unaccounted);
        out.writeLong(largest);
        out.writeBoolean(skipped);
    }

    /** Takes over what another one has saved. */
    void restore(DataInput in) throws IOException {
        spans.clear();
        for (var left = in.readInt(); left > 0; left--) {
            spans.put(in.readInt(), new Span(in.readDouble(), in.readDouble()));
        }
        delivered = in.readLong();
        unaccounted = in.readLong();
        largest = in.readLong();
        skipped = in.readBoolean();
    }

    /** Whether the file has far more bytes before the packet read last than packets came of. */
    boolean hasSkipped() {
        return skipped;
    }

    /** Of one stream; nothing where it had no packet with a time. */
    Span of(int stream) {
        return spans.getOrDefault(stream, new Span(0, 0));
    }

    /** Where the last of all other streams ends. */
    OptionalDouble othersEnd(int stream) {
        return spans.entrySet().stream()
                .filter(each -> each.getKey() != stream)
                .mapToDouble(each -> each.getValue().to())
                .max();
    }

    /** All streams together. */
    Span all() {
        return spans.values().stream()
                .reduce((one, other) -> one.with(other.from(), other.to()))
                .orElse(new Span(0, 0));
    }
}

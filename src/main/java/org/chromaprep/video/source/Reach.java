package org.chromaprep.video.source;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.global.avutil;

/** How far each stream of a container has been read, by the packets' own times. One thread. */
final class Reach {
    private final AVFormatContext container;
    private final Map<Integer, Span> spans = new HashMap<>();

    /** The seconds that a stream's packets cover. */
    record Span(double from, double to) {
        Span with(double begin, double end) {
            return new Span(Math.min(from, begin), Math.max(to, end));
        }

        double length() {
            return to - from;
        }
    }

    Reach(AVFormatContext container) {
        this.container = container;
    }

    /**
     * A packet was read.
     *
     * @param usual seconds that one lasts where it does not say
     */
    void read(AVPacket packet, double usual) {
        var given = FilmClock.known(packet.pts());
        var time = given.isPresent() ? given : FilmClock.known(packet.dts());
        if (time.isPresent()) {
            var tick = avutil.av_q2d(container.streams(packet.stream_index()).time_base());
            var begin = time.getAsLong() * tick;
            var end = begin + (packet.duration() > 0 ? packet.duration() * tick : usual);
            spans.merge(packet.stream_index(), new Span(begin, end), (all, one) -> all.with(one.from(), one.to()));
        }
    }

    /** Of one stream; nothing where it had no packet with a time. */
    Span of(int stream) {
        return spans.getOrDefault(stream, new Span(0, 0));
    }

    /** Where the last of all other streams ends. */
    OptionalDouble othersEnd(int stream) {
        return spans.entrySet().stream().filter(each -> each.getKey() != stream).mapToDouble(each -> each.getValue().to()).max();
    }

    /** All streams together. */
    Span all() {
        return spans.values().stream().reduce((one, other) -> one.with(other.from(), other.to())).orElse(new Span(0, 0));
    }
}

package org.chromaprep.video.source;

import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/** Finds a packet of a film's pictures again. One thread. */
final class PacketSearch {
    /** Packets, of all streams, that are looked through behind the place that a container has found. */
    private static final int MOST_LOOKED_AT = 20_000;
    /** Seconds before a packet's time that a container is asked for next where it has found a place behind it. */
    private static final double[] EARLIER = {0, 1, 10};
    /** After so many failures of the container on end, the packet is not found. */
    private static final int MAX_FAILURES = 32;

    private final OpenInput media;
    private final Heartbeat heart;
    private final AVPacket packet;
    private final Key wanted;
    private final long sum;
    private final double tick;

    /**
     * A packet as it stands in the file, by which it is found again.
     *
     * @param pts FFmpeg's, as all these
     */
    record Key(long pts, long dts, long place, long size) {
        static Key of(AVPacket packet) {
            return new Key(packet.pts(), packet.dts(), packet.pos(), packet.size());
        }
    }

    /**
     * @param heart beats at every packet
     * @param packet takes over what is read; the caller's own
     * @param sum of the wanted packet's bytes, by {@link #checksum}
     */
    PacketSearch(OpenInput media, Heartbeat heart, AVPacket packet, Key wanted, long sum) {
        this.media = media;
        this.heart = heart;
        this.packet = packet;
        this.wanted = wanted;
        this.sum = sum;
        this.tick = avutil.av_q2d(media.stream().time_base());
    }

    static long checksum(AVPacket packet) {
        var sum = new CRC32C();
        if (packet.data() != null && !packet.data().isNull()) {
            sum.update(new BytePointer(packet.data()).capacity(packet.size()).asByteBuffer());
        }
        return sum.getValue();
    }

    /** Has the container find the place by the packet's time, or else by its place in the file; whether the packet is there. */
    boolean seek() {
        var time = FilmClock.known(wanted.dts());
        time = time.isPresent() ? time : FilmClock.known(wanted.pts());
        if (time.isPresent()) {
            for (var earlier : EARLIER) {
                if (seek(time.getAsLong() - Math.round(earlier / tick), 0) && look(MOST_LOOKED_AT)) {
                    return true;
                }
            }
        }
        return wanted.place() > 0 && seek(wanted.place(), avformat.AVSEEK_FLAG_BYTE) && look(MOST_LOOKED_AT);
    }

    private boolean seek(long target, int flags) {
        heart.beat();
        var code = avformat.avformat_seek_file(
                media.container(), media.stream().index(), Long.MIN_VALUE, target, target, flags);
        FfmpegLog.forget();
        return code >= 0;
    }

    /** Reads on, to the film's end if need be; whether the packet is there. */
    boolean pass() {
        return look(Long.MAX_VALUE);
    }

    private boolean look(long most) {
        var failed = 0;
        for (var looked = 0L; looked < most && failed < MAX_FAILURES; looked++) {
            heart.beat();
            avcodec.av_packet_unref(packet);
            var code = media.read(packet);
            if (code == avutil.AVERROR_EOF()) {
                return false;
            }
            failed = code < 0 ? failed + 1 : 0;
            if (code < 0 || packet.stream_index() != media.stream().index()) {
                continue;
            }
            if (Key.of(packet).equals(wanted) && checksum(packet) == sum) {
                FfmpegLog.forget();
                return true;
            }
            if (most < Long.MAX_VALUE && isFarBehind()) {
                return false;
            }
        }
        return false;
    }

    private boolean isFarBehind() {
        return FilmClock.known(packet.dts()).isPresent()
                && FilmClock.known(wanted.dts()).isPresent()
                && (packet.dts() - wanted.dts()) * tick > FilmClock.AHEAD;
    }
}

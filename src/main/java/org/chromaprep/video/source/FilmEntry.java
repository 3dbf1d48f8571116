package org.chromaprep.video.source;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/**
 * How a film's reader comes to the place at which the film is entered. The decoder begins at a key frame before it, so it is shown
 * packets, and says things of them, that the reader who kept the place knew already. Those count once. One thread.
 */
final class FilmEntry {
    private final AVCodecContext decoder;
    private final List<Step> ahead = new ArrayList<>();
    private Optional<Target> target = Optional.empty();
    private long known;
    private OptionalLong damageBefore = OptionalLong.empty();

    /** A packet that was sent before the awaited frame was shown, and how it was read. */
    record Step(PacketFeed.Read read, SentPacket packet) {}

    /**
     * What is awaited.
     *
     * @param packet whose frame it is
     * @param state of the reader when that frame was shown
     * @param entry what was kept, with the state
     */
    record Target(long packet, byte[] state, byte[] entry) {}

    FilmEntry(AVCodecContext decoder) {
        this.decoder = decoder;
    }

    /**
     * The decoder begins anew.
     *
     * @param packet whose frame is awaited
     * @param state of the reader when that frame was shown
     * @param entry what was kept, with the state
     */
    void begin(long packet, byte[] state, byte[] entry) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(state))) {
            known = known(in);
        }
        target = Optional.of(new Target(packet, state, entry));
    }

    /** The number of the last packet that a reader had read, with which its state begins. */
    static long known(DataInput state) throws IOException {
        return state.readLong();
    }

    /** Whether a frame is awaited. */
    boolean isAwaited() {
        return target.isPresent();
    }

    /** Whether what the decoder says of a packet was known to the reader who kept the place. */
    boolean knows(SentPacket packet) {
        return target.isPresent() || packet.number() <= known;
    }

    /** A packet is sent while a frame is awaited. */
    void passes(PacketFeed.Read read, SentPacket packet) {
        ahead.add(new Step(read, packet));
    }

    /** What was awaited, if this packet's frame, which is shown, is it. */
    Optional<Target> shows(long packet) {
        var found = target.filter(each -> each.packet() == packet);
        if (found.isPresent()) {
            target = Optional.empty();
            // Of pictures that come before a key frame and need others, decoders may complain.
            FfmpegLog.watch(decoder);
        }
        return found;
    }

    /** The packets that were sent until then and that the reader who kept the place did not know. They are given once. */
    List<Step> ahead() {
        var unknown =
                ahead.stream().filter(step -> step.packet().number() > known).toList();
        ahead.clear();
        return unknown;
    }

    /**
     * The reader is at the place.
     *
     * @param damage how often the film has shown damage so far
     */
    void end(long damage) {
        damageBefore = OptionalLong.of(damage);
    }

    /**
     * Whether the film has shown damage since it was entered, to whoever reads it or only to the decoder: what that paints over it
     * depends on pictures from long before.
     *
     * @param damage how often the film has shown damage so far
     */
    boolean isDamaged(long damage) {
        return damageBefore.isPresent() && (damage > damageBefore.getAsLong() || FfmpegLog.hasComplained(decoder));
    }
}

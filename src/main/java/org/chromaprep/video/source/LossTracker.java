package org.chromaprep.video.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Finds packets that a decoder swallows without an error and without a picture, as it does before the first key frame. Each
 * packet has a number, which its picture bears.
 *
 * <p>Pictures come in display order, so a packet that is earlier than a picture and still has none will never have one. Where
 * time stamps do not say the display order (some files have decoding times instead), a packet is given up once more have
 * followed it than a decoder holds back.
 */
final class LossTracker {
    private final boolean tracking;
    private final TreeMap<Long, Sent> waiting = new TreeMap<>();
    private final Map<Long, Long> places = new HashMap<>();
    private boolean reordered;
    private long accepted;

    /**
     * A packet that is to give a picture.
     *
     * @param number counts packets
     * @param stretch of the film's clock that its time stamps belong to
     */
    record Sent(long number, int stretch, OptionalLong pts, OptionalLong dts) {
        private boolean isEarlierThan(Sent picture, boolean ordered) {
            return stretch < picture.stretch
                    || ordered
                            && stretch == picture.stretch
                            && pts.isPresent()
                            && picture.pts.isPresent()
                            && pts.getAsLong() < picture.pts.getAsLong();
        }
    }

    /**
     * @param tracking whether every packet of the stream is to give one picture
     */
    LossTracker(boolean tracking) {
        this.tracking = tracking;
    }

    /**
     * A packet goes to the decoder; one of a number that was given before adds to that one's picture.
     *
     * @param delay pictures that the decoder holds back to bring them into order
     * @return the packets that are known to be lost by now, in their order
     */
    List<Sent> sent(Sent packet, int delay) {
        if (!tracking) {
            return List.of();
        }
        reordered |= !packet.pts().equals(packet.dts());
        if (waiting.putIfAbsent(packet.number(), packet) == null) {
            places.put(packet.number(), ++accepted);
        }
        // A picture leaves after those that are shown before it, and each of these may be held back.
        var held = 2L * delay + 2;
        return drain(waiting.values().stream()
                .takeWhile(each -> accepted - place(each) > held)
                .toList());
    }

    private long place(Sent packet) {
        return Objects.requireNonNull(places.get(packet.number()));
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(waiting.size());
        for (var each : waiting.values()) {
            out.writeLong(each.number());
            out.writeInt(each.stretch());
            Keeping.write(out, each.pts());
            Keeping.write(out, each.dts());
            out.writeLong(place(each));
        }
        out.writeBoolean(reordered);
        out.writeLong(accepted);
    }

    /** Takes over what another one has saved. */
    void restore(DataInput in) throws IOException {
        waiting.clear();
        places.clear();
        for (var left = in.readInt(); left > 0; left--) {
            var sent = new Sent(in.readLong(), in.readInt(), Keeping.number(in), Keeping.number(in));
            waiting.put(sent.number(), sent);
            places.put(sent.number(), in.readLong());
        }
        reordered = in.readBoolean();
        accepted = in.readLong();
    }

    /** The packet's loss is reported already; a decoder that refused it lets no other picture go for it. */
    void reported(long number) {
        if (waiting.remove(number) != null) {
            places.remove(number);
            accepted--;
        }
    }

    /**
     * A picture came out.
     *
     * @param number of the packet that it came from
     * @param delay as above
     * @return the packets before it that have none, in their order
     */
    List<Sent> shown(long number, int delay) {
        var picture = waiting.remove(number);
        places.remove(number);
        if (picture == null) {
            return List.of();
        }
        var ordered = reordered || delay == 0;
        return drain(waiting.values().stream()
                .filter(packet -> packet.isEarlierThan(picture, ordered))
                .toList());
    }

    /** No more pictures come; which packets are lost, in order. */
    List<Sent> ended() {
        return drain(List.copyOf(waiting.values()));
    }

    private List<Sent> drain(List<Sent> lost) {
        for (var packet : lost) {
            waiting.remove(packet.number());
            places.remove(packet.number());
        }
        return lost;
    }
}

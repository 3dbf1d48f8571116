package org.chromaprep.video.source;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds packets that a decoder swallows without an error and without a picture, as it does before the first key frame. Each
 * packet has a number, which its picture bears.
 *
 * <p>Pictures come in display order, so a packet that is earlier than a picture and still has none will never have one. Where
 * time stamps do not tell the display order (some files have decoding times instead), a packet is given up once more have
 * followed it than a decoder holds back.
 */
final class LossTracker {
    private final boolean tracking;
    private final TreeMap<Long, Sent> waiting = new TreeMap<>();
    private boolean reordered;
    private long newest;

    /**
     * A packet that is to give a picture.
     *
     * @param number counts packets
     * @param stretch of the film's clock that its time stamps belong to
     */
    record Sent(long number, int stretch, OptionalLong pts, OptionalLong dts) {
        private boolean isEarlierThan(Sent picture, boolean ordered) {
            return stretch < picture.stretch
                    || ordered && stretch == picture.stretch && pts.isPresent() && picture.pts.isPresent()
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
        waiting.putIfAbsent(packet.number(), packet);
        newest = packet.number();
        // A picture leaves after those that are shown before it, and each of these may be held back.
        return drain(waiting.headMap(newest - 2L * delay - 2));
    }

    /** The packet's loss is reported already. */
    void reported(long number) {
        waiting.remove(number);
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
        if (picture == null) {
            return List.of();
        }
        var ordered = reordered || delay == 0;
        var lost = waiting.values().stream().filter(packet -> packet.isEarlierThan(picture, ordered)).toList();
        lost.forEach(packet -> waiting.remove(packet.number()));
        return lost;
    }

    /** No more pictures come; which packets are lost, in order. */
    List<Sent> ended() {
        return drain(waiting);
    }

    private static List<Sent> drain(SortedMap<Long, Sent> packets) {
        var lost = List.copyOf(packets.values());
        packets.clear();
        return lost;
    }
}

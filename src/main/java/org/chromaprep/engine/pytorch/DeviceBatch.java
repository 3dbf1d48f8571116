package org.chromaprep.engine.pytorch;

import java.util.stream.IntStream;
import org.chromaprep.engine.NetworkPlan;

/** How many frames a graphics card is best given at a time. */
final class DeviceBatch {
    /** More make the network no faster on the largest cards. */
    private static final int MOST = 32;
    /** A ring has up to so many slots for a frame of a batch. */
    private static final int SLOTS = 4;
    /** The part of a card's memory that the maps in a ring may take; films may run side by side. */
    private static final int SHARE = 4;

    private DeviceBatch() {}

    /**
     * The greatest power of two whose ring fits. It depends on the card alone, not on what is in use of it: a run that is
     * continued must compute the same.
     *
     * @param bytes of the card's memory
     */
    static int of(NetworkPlan plan, long bytes) {
        var frame = plan.layers().stream()
                        .mapToLong(layer ->
                                (long) layer.mapSize(plan.height()) * layer.mapSize(plan.width()) * layer.channels())
                        .sum()
                * Float.BYTES;
        return IntStream.iterate(MOST, batch -> batch > 1, batch -> batch / 2)
                .filter(batch -> batch * SLOTS * frame <= bytes / SHARE)
                .findFirst()
                .orElse(1);
    }
}

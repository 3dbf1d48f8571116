package org.chromaprep.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who has a live frame in hand that waits in the ring: nobody, so that a newer one may take its place; the capture, which
 * is just putting a newer one there; or the stages, which keep it. Safe for use by the two of them.
 */
final class FrameHold {
    private enum Holder {
        NOBODY,
        CAPTURE,
        STAGES
    }

    private final AtomicReference<Holder> holder = new AtomicReference<>(Holder.STAGES);

    /** The capture takes the frame back, if nobody has it. */
    boolean takeBack() {
        return holder.compareAndSet(Holder.NOBODY, Holder.CAPTURE);
    }

    /** The capture has put a frame there. */
    void letWait() {
        holder.set(Holder.NOBODY);
    }

    /** The first stage takes the frame for good; waits while the capture exchanges it, which takes no time. */
    void claim() {
        while (!tryClaim()) {
            Thread.onSpinWait();
        }
    }

    /** As {@link #claim}, without waiting. */
    boolean tryClaim() {
        return holder.compareAndSet(Holder.NOBODY, Holder.STAGES);
    }
}

package org.chromaprep.pipeline;

import java.time.Duration;

/**
 * A request to end runs early: what is in hand is finished and written, then the run ends as interrupted. Safe for use by
 * several threads; once requested it stays so.
 */
public final class StopSignal {
    private volatile boolean requested;
    private volatile long since;

    /** Asks every run with this signal to end. */
    public synchronized void request() {
        if (!requested) {
            since = System.nanoTime();
            requested = true;
        }
    }

    /** Whether an end was asked for. */
    public boolean requested() {
        return requested;
    }

    /** Whether an end was asked for so long ago. */
    boolean requestedBefore(Duration time) {
        return requested && System.nanoTime() - since > time.toNanos();
    }
}

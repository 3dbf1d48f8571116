package org.chromaprep.pipeline;

/**
 * A request to end runs early: what is in hand is finished and written, then the run ends as interrupted. Safe for use by
 * several threads; once requested it stays so.
 */
public final class StopSignal {
    private volatile boolean requested;

    /** Asks every run with this signal to end. */
    public void request() {
        requested = true;
    }

    /** Whether an end was asked for. */
    public boolean requested() {
        return requested;
    }
}

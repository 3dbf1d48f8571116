package org.chromaprep.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether a run is to end: because it was asked to, or because the time it was to watch is over. Safe for use by several threads. */
final class RunEnd implements BooleanSupplier {
    private final StopSignal stop;
    private final Optional<Duration> duration;
    private volatile boolean begun;
    private volatile long begin;

    RunEnd(StopSignal stop, Optional<Duration> duration) {
        this.stop = stop;
        this.duration = duration;
    }

    /** The time runs from now on. */
    void begin() {
        begin = System.nanoTime();
        begun = true;
    }

    @Override
    public boolean getAsBoolean() {
        return stop.requested()
                || begun && duration.isPresent() && System.nanoTime() - begin > duration.get().toNanos();
    }
}

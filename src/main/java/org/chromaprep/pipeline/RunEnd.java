package org.chromaprep.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether a run is to end: because it was asked to, or because the time it was to watch is over. Safe for use by several threads. */
final class RunEnd implements BooleanSupplier {
    private final StopSignal stop;
    private volatile Optional<Long> end = Optional.empty();

    RunEnd(StopSignal stop) {
        this.stop = stop;
    }

    /** The time runs from now on; without a limit if there is none. */
    void begin(Optional<Duration> duration) {
        var now = System.nanoTime();
        end = duration.map(each -> now + each.toNanos());
    }

    @Override
    public boolean getAsBoolean() {
        return stop.requested()
                || end.filter(each -> System.nanoTime() - each > 0).isPresent();
    }
}

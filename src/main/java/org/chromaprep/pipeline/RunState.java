package org.chromaprep.pipeline;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the threads of one run share: the first failure, and that there are frames enough. Safe for use by several threads. */
final class RunState {
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean sufficient;

    /** Keeps the first failure; later ones are added to it as suppressed. */
    void fail(Throwable cause) {
        var first = failure.compareAndExchange(null, cause);
        if (first != null && first != cause) {
            first.addSuppressed(cause);
        }
    }

    /** Tells that no further frame is wanted. */
    void suffice() {
        sufficient = true;
    }

    /** Whether no further frame is wanted. */
    boolean suffices() {
        return sufficient;
    }

    boolean failed() {
        return failure.get() != null;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }
}

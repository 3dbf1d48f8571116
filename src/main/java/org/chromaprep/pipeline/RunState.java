package org.chromaprep.pipeline;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the threads of one run tell each other: the first failure. Safe for use by several threads. */
final class RunState {
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Keeps the first failure; later ones are added to it as suppressed. */
    void fail(Throwable cause) {
        if (!failure.compareAndSet(null, cause) && failure.get() != cause) {
            failure.get().addSuppressed(cause);
        }
    }

    boolean failed() {
        return failure.get() != null;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }
}

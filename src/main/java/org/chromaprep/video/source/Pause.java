package org.chromaprep.video.source;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting that ends early when nobody wants its end any more. */
final class Pause {
    private static final long LONGEST_NAP = 50_000_000;

    private Pause() {}

    /** Waits until {@link System#nanoTime} has come so far, or the wait is cancelled or the thread interrupted. */
    static void until(long nanoTime, BooleanSupplier cancelled) {
        for (var left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(Math.min(left, LONGEST_NAP));
        }
    }
}

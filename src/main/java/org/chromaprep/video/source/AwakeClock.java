package org.chromaprep.video.source;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how long something takes that this process, or all of the machine, may be suspended in: the system's clock runs on
 * then, but nothing that is waited for can be done. It is asked again and again while somebody waits, and of the time between two
 * questions it counts no more than so much. Safe for use by several threads.
 */
final class AwakeClock {
    private final LongSupplier nanos;
    private final long mostBetween;
    private long last;
    private long passed;

    /** @param mostBetween counts between two questions; longer than these are apart while everything is well */
    AwakeClock(Duration mostBetween) {
        this(System::nanoTime, mostBetween);
    }

    /** As the other one, by another clock. */
    AwakeClock(LongSupplier nanos, Duration mostBetween) {
        this.nanos = nanos;
        this.mostBetween = mostBetween.toNanos();
        restart();
    }

    /** Begins anew. */
    synchronized void restart() {
        last = nanos.getAsLong();
        passed = 0;
    }

    /** Nanoseconds since the beginning. */
    synchronized long passed() {
        var now = nanos.getAsLong();
        passed += Math.min(now - last, mostBetween);
        last = now;
        return passed;
    }

    /** Whether more than so much time has passed. */
    boolean isOver(Duration time) {
        return passed() > time.toNanos();
    }
}

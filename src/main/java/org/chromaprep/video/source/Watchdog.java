package org.chromaprep.video.source;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends FFmpeg's waiting for a network: after a time without an answer, or when nobody wants the answer any more. FFmpeg
 * asks it a few times a second, from any thread. JavaCPP has room for ten of them, so a source keeps one for all its
 * connections; whoever made it closes it, after the container that asks it.
 */
final class Watchdog extends AVIOInterruptCB.Callback_Pointer {
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final BooleanSupplier cancelled;
    private final AwakeClock clock = new AwakeClock(LONGEST_LOOK);
    private volatile Duration patience = Duration.ofNanos(Long.MAX_VALUE);

    /**
     * @param cancelled whether waiting is of no use any more; asked from FFmpeg's threads
     */
    Watchdog(BooleanSupplier cancelled) {
        this.cancelled = cancelled;
    }

    /** From now on, waiting may take so long. */
    void allow(Duration time) {
        clock.restart();
        patience = time;
    }

    /** Whether the time allowed last is over. */
    boolean expired() {
        return clock.isOver(patience);
    }

    boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public int call(Pointer opaque) {
        return cancelled.getAsBoolean() || expired() ? 1 : 0;
    }
}

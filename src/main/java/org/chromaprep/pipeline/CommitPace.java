package org.chromaprep.pipeline;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Says when a run commits between the ends of shards, so that no more than some time's work is lost. Where a video is encoded in
 * groups of frames, that is between two groups, and the video's bytes are the same however often a run is stopped. Used by one thread.
 */
final class CommitPace {
    private final long interval;
    private final OptionalInt group;
    private final LongSupplier clock;
    private long last;

    /**
     * @param interval between two commits at least
     * @param group frames that are encoded together; empty where the video cannot be cut anywhere
     * @param clock in nanoseconds
     */
    CommitPace(Duration interval, OptionalInt group, LongSupplier clock) {
        this.interval = interval.toNanos();
        this.group = group;
        this.clock = clock;
        this.last = clock.getAsLong();
    }

    /**
     * Whether it is time, behind so many frames since the shard's beginning. After a yes the time begins anew.
     */
    boolean isDue(long frames) {
        if (group.isEmpty() || frames % group.getAsInt() != 0 || clock.getAsLong() - last < interval) {
            return false;
        }
        last = clock.getAsLong();
        return true;
    }
}

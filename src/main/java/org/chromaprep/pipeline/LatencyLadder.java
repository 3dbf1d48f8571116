package org.chromaprep.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What is done less when a live run is later than its user wants, step by step, and taken back when there is time again:
 * first only one frame is in the works at a time, and those that come meanwhile are dropped; then the hypercolumn average
 * is left out too, and its panel stays empty. A step is taken when most of the last frames were late, and taken back when
 * all of many were early. Written by one thread, read by several.
 */
final class LatencyLadder {
    /** The steps. */
    enum Step {
        /** Everything is done. */
        ALL,
        /** One frame at a time. */
        ONE_AT_A_TIME,
        /** And no hypercolumn average. */
        NO_AVERAGE
    }

    /** How the sentence on what was done less begins. */
    static final String NOTE = "To stay within `max-latency`";

    private static final int LOOK_BACK = 16;
    private static final int CALM = 64;

    private final Optional<Duration> limit;
    private final AtomicLongArray frames = new AtomicLongArray(Step.values().length);
    private volatile Step step = Step.ALL;
    private int seen;
    private int late;
    private int early;

    LatencyLadder(Optional<Duration> limit) {
        this.limit = limit;
    }

    /** A frame was written so long after its capture. */
    void written(long nanoseconds) {
        frames.incrementAndGet(step.ordinal());
        if (limit.isEmpty()) {
            return;
        }
        seen++;
        late += nanoseconds > limit.get().toNanos() ? 1 : 0;
        early = nanoseconds < limit.get().toNanos() / 2 ? early + 1 : 0;
        if (seen == LOOK_BACK) {
            if (late > LOOK_BACK / 2 && step != Step.NO_AVERAGE) {
                step = Step.values()[step.ordinal() + 1];
                early = 0;
            }
            seen = 0;
            late = 0;
        }
        if (early >= CALM && step != Step.ALL) {
            step = Step.values()[step.ordinal() - 1];
            early = 0;
        }
    }

    Step step() {
        return step;
    }

    /** How many frames may be in the works, where so many usually may. */
    int mostInTheWorks(int usually) {
        return step == Step.ALL ? usually : 1;
    }

    boolean leavesAverageOut() {
        return step == Step.NO_AVERAGE;
    }

    /** Sentences on what was done less; none if nothing was. */
    List<String> notes() {
        var notes = new ArrayList<String>();
        var less = Arrays.stream(Step.values())
                .skip(1)
                .mapToLong(each -> frames.get(each.ordinal()))
                .sum();
        if (less > 0) {
            notes.add(NOTE
                    + String.format(
                            Locale.ROOT,
                            ", %d frames were processed one at a time, %d of them without the average.",
                            less,
                            frames.get(Step.NO_AVERAGE.ordinal())));
        }
        return notes;
    }
}

package org.chromaprep.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Lets live frames into the stages only when the worker whose turn it is can begin with them at once and no more frames are
 * in the works than keep the workers busy; until then a frame waits where a newer one can take its place. So no frame that
 * is processed is an old one: by Little's law, the time in the works is on average the frames there times the time from
 * one written frame to the next. Where none is dropped, the gate stays open and only measures. Safe for use by the stages'
 * threads.
 */
final class LiveGate {
    private final RunState state;
    private final int workers;
    private final boolean drops;
    private final LatencyLadder ladder;
    private final Latency latency;
    private final SleepingWaitStrategy handOver;
    private final AtomicLongArray forwarded;
    private final AtomicLong written = new AtomicLong();
    private long admitted;
    private long turns;

    /**
     * @param drops whether newer frames take the place of those that wait
     */
    LiveGate(
            RunState state,
            int workers,
            boolean drops,
            LatencyLadder ladder,
            Latency latency,
            SleepingWaitStrategy handOver) {
        this.state = state;
        this.workers = workers;
        this.drops = drops;
        this.ladder = ladder;
        this.latency = latency;
        this.handOver = handOver;
        this.forwarded = new AtomicLongArray(workers);
    }

    /** The first stage behind the gate. Waiting happens before it, so that its time is work alone. */
    EventHandler<FrameSlot> before(StageHandler luma) {
        return (slot, sequence, last) -> {
            if (slot.isFrame() && !state.failed()) {
                handOver.awaitThat(() -> isOpen() || state.failed());
                slot.decoded.hold.claim();
                luma.onEvent(slot, sequence, last);
                admitted += slot.isFrame() ? 1 : 0;
                turns += slot.isFrame() && !slot.borrows() ? 1 : 0;
            } else {
                luma.onEvent(slot, sequence, last);
            }
        };
    }

    /** Whether newer frames take the place of those that wait. */
    boolean drops() {
        return drops;
    }

    private boolean isOpen() {
        if (!drops) {
            return admitted - written.get() < ladder.mostInTheWorks(Integer.MAX_VALUE);
        }
        var worker = (int) (turns % workers);
        return forwarded.get(worker) == turns / workers
                && admitted - written.get() < ladder.mostInTheWorks(mostInTheWorks(workers));
    }

    /** Two frames keep a single worker busy: one is in the stages behind it. */
    static int mostInTheWorks(int workers) {
        return Math.max(2, workers);
    }

    /**
     * A forward stage whose computed frames are counted.
     *
     * @param worker its index; workers take turns at the frames
     */
    StageHandler.Work counting(int worker, StageHandler.Work forward) {
        return slot -> {
            var worked = forward.accept(slot);
            if (worked && !slot.borrows()) {
                forwarded.incrementAndGet(worker);
            }
            return worked;
        };
    }

    /** An event has left the last stage. */
    void passed(FrameSlot slot) {
        if (slot.isFrame()) {
            var taken = System.nanoTime() - slot.decoded.captured;
            latency.written(taken);
            ladder.written(taken);
            written.incrementAndGet();
        }
    }

    /** Whether there is no time for the hypercolumn average now. */
    boolean leavesAverageOut() {
        return ladder.leavesAverageOut();
    }

    /** Adds what is to be said of the run at its end, in place of what an earlier run said. */
    void tell(List<String> notes) {
        notes.removeIf(note -> note.startsWith(Latency.NOTE) || note.startsWith(LatencyLadder.NOTE));
        notes.addAll(latency.notes());
        notes.addAll(ladder.notes());
    }
}

package org.chromaprep.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What the stages of one run share.
 *
 * @param setup what the run is given
 * @param states where each stage begins: at an earlier run's end, or anew where its frames are computed again
 * @param state what the run's threads know of each other
 * @param times takes how long each stage works
 * @param handOver how the ring's threads wait for each other
 * @param gate what lets frames in that happen now; empty for a film
 * @param stop ends the stages early; a live run's finish what it has captured, and are not asked
 * @param owned closes what stages hold
 */
record StageKit(
        RunSetup setup,
        ResumeState states,
        RunState state,
        StageTimes times,
        SleepingWaitStrategy handOver,
        Optional<LiveGate> gate,
        StopSignal stop,
        Owned owned) {
    /** A stage's work as the ring runs it. */
    EventHandler<FrameSlot> handler(Stage stage, StageHandler.Work work) {
        return handler(stage, work, () -> false);
    }

    /**
     * The same for work that gathers frames.
     *
     * @param holds whether some are gathered that are still to be worked on
     */
    EventHandler<FrameSlot> handler(Stage stage, StageHandler.Work work, BooleanSupplier holds) {
        return handOver.telling(new StageHandler(stage, work, state, times), holds);
    }

    // Java makes no arrays of generic types.
    @SuppressWarnings("unchecked")
    static EventHandler<FrameSlot>[] handlers(int count) {
        return (EventHandler<FrameSlot>[]) new EventHandler<?>[count];
    }
}

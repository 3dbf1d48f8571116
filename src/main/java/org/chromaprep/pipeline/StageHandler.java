package org.chromaprep.pipeline;

import com.lmax.disruptor.EventHandler;

/**
 * Runs one stage's work on the slots of the ring, in order. Once any stage of the run has failed, slots pass through
 * untouched, so that the ring drains and its publisher is never left waiting.
 */
final class StageHandler implements EventHandler<FrameSlot> {
    /** One stage's work. */
    interface Work {
        /**
         * Handles one event of the ring; which kinds of event it works on is the stage's own business.
         *
         * @return whether there was work to do, which is then timed
         * @throws Exception whatever ends the run
         */
        boolean accept(FrameSlot slot) throws Exception;

        /**
         * As {@link #accept(FrameSlot)}, for work that gathers frames and does them together.
         *
         * @param last whether no further event has come yet, so that what is gathered must be done now
         * @return how many frames were worked on, with which everything gathered is done; 0 if there was no work to do
         * @throws Exception whatever ends the run
         */
        default int accept(FrameSlot slot, boolean last) throws Exception {
            return accept(slot) ? 1 : 0;
        }
    }

    private final Stage stage;
    private final Work work;
    private final RunState state;
    private final StageTimes times;

    StageHandler(Stage stage, Work work, RunState state, StageTimes times) {
        this.stage = stage;
        this.work = work;
        this.state = state;
        this.times = times;
    }

    // An Error counts as much as an exception here: a handler that dies would leave the ring waiting for ever.
    @Override
    public void onEvent(FrameSlot slot, long sequence, boolean endOfBatch) {
        if (state.failed()) {
            return;
        }
        try {
            var begin = System.nanoTime();
            var frames = work.accept(slot, endOfBatch);
            var taken = System.nanoTime() - begin;
            for (var i = 0; i < frames; i++) {
                times.add(stage, taken / frames);
            }
        } catch (Throwable cause) {
            state.fail(cause);
        }
    }
}

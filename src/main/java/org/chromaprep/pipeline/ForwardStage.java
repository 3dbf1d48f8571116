package org.chromaprep.pipeline;

import org.chromaprep.engine.ForwardWorker;

/** Runs the network on every n-th frame; n of these share the frames. */
final class ForwardStage implements StageHandler.Work {
    private final ForwardWorker worker;
    private final int index;
    private final int workers;
    private final StopSignal stop;

    /**
     * @param stop once requested, frames are passed on uncomputed, for the gate behind this stage lets none through
     */
    ForwardStage(ForwardWorker worker, int index, int workers, StopSignal stop) {
        this.worker = worker;
        this.index = index;
        this.workers = workers;
        this.stop = stop;
    }

    @Override
    public boolean accept(FrameSlot slot) {
        if (!(slot.event instanceof FrameSlot.Event.Frame frame) || frame.turn() % workers != index
                || stop.requested()) {
            return false;
        }
        worker.forward(slot.input, slot.features);
        return true;
    }
}

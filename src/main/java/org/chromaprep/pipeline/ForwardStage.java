package org.chromaprep.pipeline;

import org.chromaprep.engine.ForwardWorker;

/** Runs the network on every n-th frame; n of these share the frames. */
final class ForwardStage implements StageHandler.Work {
    private final ForwardWorker worker;
    private final int index;
    private final int workers;

    ForwardStage(ForwardWorker worker, int index, int workers) {
        this.worker = worker;
        this.index = index;
        this.workers = workers;
    }

    @Override
    public boolean accept(FrameSlot slot) {
        if (!(slot.event instanceof FrameSlot.Event.Frame frame) || frame.turn() % workers != index) {
            return false;
        }
        worker.forward(slot.input, slot.features);
        return true;
    }
}

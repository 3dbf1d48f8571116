package org.chromaprep.pipeline;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;

/** Runs the network on every n-th batch of frames; n of these share the frames. */
final class ForwardStage implements StageHandler.Work {
    private static final int[] NONE = {};

    private final ForwardWorker worker;
    private final int index;
    private final int workers;
    private final int batch;
    private final SleepingWaitStrategy handOver;
    private final StopSignal stop;
    private final List<FloatBuffer> inputs = new ArrayList<>();
    private final List<FrameFeatures> outputs = new ArrayList<>();

    /**
     * @param batch frames computed together at most; fewer are where no more have come yet
     * @param handOver says when frames have left the ring, whose maps may still be needed
     * @param stop once requested, frames are passed on uncomputed, for the gate behind this stage lets none through
     */
    ForwardStage(
            ForwardWorker worker, int index, int workers, int batch, SleepingWaitStrategy handOver, StopSignal stop) {
        this.worker = worker;
        this.index = index;
        this.workers = workers;
        this.batch = batch;
        this.handOver = handOver;
        this.stop = stop;
    }

    @Override
    public boolean accept(FrameSlot slot) throws InterruptedException {
        if (!isOwn(slot)) {
            return false;
        }
        if (slot.borrows()) {
            return true;
        }
        handOver.awaitThat(slot::isFree);
        slot.features.expect(slot.looked.sampledPixels.orElse(NONE));
        worker.forward(slot.looked.input, slot.features);
        return true;
    }

    /** Whether frames that were accepted are still to be computed. */
    boolean holds() {
        return !inputs.isEmpty();
    }

    private boolean isOwn(FrameSlot slot) {
        return slot.decoded.event instanceof FrameSlot.Event.Frame frame
                && frame.turn() / batch % workers == index
                && !stop.requested();
    }

    @Override
    public int accept(FrameSlot slot, boolean last) throws InterruptedException {
        if (batch == 1) {
            return accept(slot) ? 1 : 0;
        }
        if (isOwn(slot) && !slot.borrows()) {
            handOver.awaitThat(slot::isFree);
            slot.features.expect(slot.looked.sampledPixels.orElse(NONE));
            inputs.add(slot.looked.input);
            outputs.add(slot.features);
        }
        var frames = inputs.size();
        if (frames == 0 || frames < batch && !last) {
            return 0;
        }
        worker.forward(inputs, outputs);
        inputs.clear();
        outputs.clear();
        return frames;
    }
}

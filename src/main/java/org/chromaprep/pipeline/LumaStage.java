package org.chromaprep.pipeline;

import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.GreyScaler;

/** Turns a decoded picture into the grid's grey values and these into the network's input. */
final class LumaStage implements StageHandler.Work {
    private final GreyScaler scaler;
    private final Preprocessing preprocessing;

    LumaStage(GreyScaler scaler, Preprocessing preprocessing) {
        this.scaler = scaler;
        this.preprocessing = preprocessing;
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (!slot.isFrame()) {
            return false;
        }
        scaler.scale(slot.picture, slot.luma);
        preprocessing.fromLuma(slot.luma, slot.input);
        return true;
    }
}

package org.chromaprep.engine.pytorch;

import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.vgg.VggWeights;

/** The engine as it is on a graphics card, with the processor in the card's place. */
public final class ResidentEngine {
    private ResidentEngine() {}

    /** Keeps maps as tensors and computes hypercolumns by libtorch; the caller closes it. */
    public static Engine open(NetworkPlan plan, VggWeights weights, int batch) {
        return new PytorchEngine(plan, weights, new Placement(Device.CPU, Precision.FP32), true, 1, batch);
    }
}

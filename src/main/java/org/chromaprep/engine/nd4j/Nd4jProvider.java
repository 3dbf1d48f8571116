package org.chromaprep.engine.nd4j;

import java.util.List;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineProvider;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.vgg.VggWeights;

/** Opens {@link Nd4jEngine}. */
public final class Nd4jProvider implements EngineProvider {
    private static final double BY_DIRECT_CONVOLUTION = 0.95;

    @Override
    public String name() {
        return Nd4jEngine.NAME;
    }

    // Its natives are not tried here: they take long to load, and nearly always another engine is faster.
    @Override
    public double relativeSpeed(EngineChoice choice) {
        return choice.precision().equals(Precision.FP32.optionName())
                        && !choice.device().equals(Device.CUDA.optionName())
                ? BY_DIRECT_CONVOLUTION
                : 0;
    }

    @Override
    public Engine open(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        EngineChoice.demand(
                "With `engine` nd4j, `precision`", choice.precision(), List.of(Precision.FP32.optionName()));
        EngineChoice.demand(
                "With `engine` nd4j and the natives that are installed, `device`",
                choice.device(),
                List.of(EngineChoice.AUTO, Nd4jEngine.device().optionName()));
        return new Nd4jEngine(plan, weights, choice.threadsPerWorker());
    }
}

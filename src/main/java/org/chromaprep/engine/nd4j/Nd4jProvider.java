package org.chromaprep.engine.nd4j;

import java.util.List;
import java.util.Optional;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineMemory;
import org.chromaprep.engine.EngineProvider;
import org.chromaprep.engine.MemoryUse;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.vgg.VggWeights;

/** Opens {@link Nd4jEngine}. */
public final class Nd4jProvider implements EngineProvider {
    private static final double BY_DIRECT_CONVOLUTION = 0.95;
    /** Bytes that its library takes for its operations, whatever their size. */
    private static final long OPERATIONS = 120_000_000;

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

    @Override
    public Optional<EngineMemory> memory(EngineChoice choice, NetworkPlan plan) {
        var weights = EngineMemory.weights(plan);
        var kept = plan.deepest().upToHere().stream()
                .filter(layer -> !plan.layers().contains(layer))
                .mapToLong(layer -> EngineMemory.map(layer, plan))
                .sum();
        return Optional.of(new EngineMemory(
                MemoryUse.ofOutside(weights + OPERATIONS),
                new MemoryUse(weights, weights + OPERATIONS),
                // What its convolutions order their numbers in comes and goes.
                MemoryUse.ofOutside(kept + EngineMemory.largestStep(plan)),
                MemoryUse.ofOutside(EngineMemory.maps(plan)),
                1));
    }
}

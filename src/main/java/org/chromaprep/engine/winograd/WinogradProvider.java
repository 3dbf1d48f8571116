package org.chromaprep.engine.winograd;

import java.util.List;
import java.util.Optional;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineMemory;
import org.chromaprep.engine.EngineProvider;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.engine.Processor;
import org.chromaprep.engine.pytorch.OneDnn;
import org.chromaprep.vgg.VggWeights;

/** Opens {@link WinogradEngine}. */
public final class WinogradProvider implements EngineProvider {
    private static final double BY_DIRECT_CONVOLUTION = 2.3;
    /** Where nobody has measured it yet, what is known to be fast goes first. */
    private static final double UNKNOWN = 0.9;

    @Override
    public String name() {
        return WinogradEngine.NAME;
    }

    @Override
    public double relativeSpeed(EngineChoice choice) {
        if (!choice.precision().equals(Precision.FP32.optionName())
                || choice.device().equals(Device.CUDA.optionName())) {
            return 0;
        }
        return Processor.isX86() && !Processor.lacksAvx2() ? BY_DIRECT_CONVOLUTION : UNKNOWN;
    }

    @Override
    public Engine open(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        EngineChoice.demand(
                "With `engine` winograd, `precision`", choice.precision(), List.of(Precision.FP32.optionName()));
        EngineChoice.demand(
                "With `engine` winograd, `device`",
                choice.device(),
                List.of(EngineChoice.AUTO, Device.CPU.optionName()));
        return new WinogradEngine(plan, weights, choice.threadsPerWorker(), choice.batch());
    }

    @Override
    public Optional<EngineMemory> memory(EngineChoice choice, NetworkPlan plan) {
        return Optional.of(new WinogradMemory(plan, choice.batch().orElse(WinogradEngine.BATCH))
                .on(Runtime.getRuntime().availableProcessors()));
    }

    @Override
    public void prepare(EngineChoice choice) {
        OneDnn.useThreads(choice.threadsPerWorker());
        OneDnn.open().close();
    }
}

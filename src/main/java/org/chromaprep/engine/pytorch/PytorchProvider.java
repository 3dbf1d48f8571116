package org.chromaprep.engine.pytorch;

import java.util.Optional;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.EngineMemory;
import org.chromaprep.engine.EngineProvider;
import org.chromaprep.engine.MemoryUse;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.engine.Processor;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/** Opens {@link PytorchEngine}. */
public final class PytorchProvider implements EngineProvider {
    private static final double BY_DIRECT_CONVOLUTION = 1;
    private static final double IN_SIXTEEN_BITS = 1.95;
    /** Intel's matrix unit for 16-bit numbers; its rate is eight times that of single precision, which memory cuts down. */
    private static final double BY_MATRIX_UNIT = 4;

    private static final double ON_A_GRAPHICS_CARD = 20;
    /** Bytes that the allocator keeps of what a frame's layers hand on, at least. */
    private static final long KEPT = 100_000_000;
    /** A layer's maps, and what oneDNN copies of them. */
    private static final double STEPS_OF_A_WORKER = 2.5;

    @Override
    public String name() {
        return PytorchEngine.NAME;
    }

    @Override
    public double relativeSpeed(EngineChoice choice) {
        if (findsCard(choice)) {
            return ON_A_GRAPHICS_CARD;
        }
        if (choice.precision().equals(Precision.FP32.optionName())) {
            return BY_DIRECT_CONVOLUTION;
        }
        return Processor.hasMatrixUnit() ? BY_MATRIX_UNIT : IN_SIXTEEN_BITS;
    }

    private static boolean findsCard(EngineChoice choice) {
        try {
            return device(choice) == Device.CUDA;
        } catch (EngineException e) {
            // Why the natives cannot be loaded is reported where the engine is opened.
            return false;
        }
    }

    @Override
    public Engine open(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        return new PytorchEngine(
                plan,
                weights,
                device(choice),
                Precision.byName(choice.precision()).orElseThrow(),
                choice.threadsPerWorker(),
                choice.batch());
    }

    @Override
    public Optional<EngineMemory> memory(EngineChoice choice, NetworkPlan plan) {
        if (findsCard(choice)) {
            return Optional.empty();
        }
        var weights = EngineMemory.weights(plan);
        var layers = plan.deepest().upToHere();
        // A kernel is there in two forms while oneDNN orders it.
        var ordered = layers.stream().mapToLong(VggLayer::kernelLength).max().orElse(0) * 2 * Float.BYTES;
        return Optional.of(new EngineMemory(
                MemoryUse.ofOutside(weights + KEPT),
                new MemoryUse(weights, weights + ordered),
                MemoryUse.ofOutside((long) (STEPS_OF_A_WORKER * EngineMemory.largestStep(plan))),
                MemoryUse.ofOutside(EngineMemory.maps(plan)),
                choice.batch().orElse(1)));
    }

    private static Device device(EngineChoice choice) {
        return Device.byName(choice.device()).orElseGet(PytorchEngine::bestDevice);
    }
}

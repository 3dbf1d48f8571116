package org.chromaprep.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.chromaprep.engine.nd4j.Nd4jEngine;
import org.chromaprep.engine.pytorch.PytorchEngine;
import org.chromaprep.vgg.VggWeights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the engine that is asked for; an engine's library is loaded only when the engine is used. */
public final class Engines {
    private static final Logger LOGGER = LoggerFactory.getLogger(Engines.class);
    private static final List<String> NAMES = List.of(EngineChoice.AUTO, PytorchEngine.NAME, Nd4jEngine.NAME);
    private static final List<String> DEVICES =
            Stream.concat(Stream.of(EngineChoice.AUTO), Arrays.stream(Device.values()).map(Device::optionName)).toList();
    private static final List<String> PRECISIONS = Arrays.stream(Precision.values()).map(Precision::optionName).toList();

    private Engines() {}

    /**
     * Opens an engine; the caller closes it.
     *
     * <p>{@code auto} means the pytorch engine, which is the faster one, and the nd4j engine where libtorch cannot run and
     * what is asked for is single precision on the processor.
     *
     * @param choice what is asked for
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @throws IllegalArgumentException if no engine is like that
     * @throws EngineException if the engine cannot run here
     */
    public static Engine open(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        demand("--engine", choice.engine(), NAMES);
        demand("--device", choice.device(), DEVICES);
        demand("--precision", choice.precision(), PRECISIONS);
        return switch (choice.engine()) {
            case Nd4jEngine.NAME -> nd4j(choice, plan, weights);
            case PytorchEngine.NAME -> pytorch(choice, plan, weights);
            default -> best(choice, plan, weights);
        };
    }

    private static Engine best(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        try {
            return pytorch(choice, plan, weights);
        } catch (EngineException e) {
            if (choice.device().equals(Device.CUDA.optionName())
                    || !choice.precision().equals(Precision.FP32.optionName())) {
                throw e;
            }
            LOGGER.info("The nd4j engine is used instead of the faster one: {}", e.getMessage());
            return nd4j(choice, plan, weights);
        }
    }

    private static Engine pytorch(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        var device = Device.byName(choice.device()).orElseGet(PytorchEngine::bestDevice);
        var precision = Precision.byName(choice.precision()).orElseThrow();
        return new PytorchEngine(plan, weights, device, precision, choice.threadsPerWorker(), choice.batch());
    }

    private static Engine nd4j(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        demand("With --engine nd4j and the natives that are installed, --device", choice.device(),
                List.of(EngineChoice.AUTO, Nd4jEngine.device().optionName()));
        demand("With --engine nd4j, --precision", choice.precision(), List.of(Precision.FP32.optionName()));
        return new Nd4jEngine(plan, weights, choice.threadsPerWorker());
    }

    private static void demand(String option, String given, List<String> choices) {
        if (!choices.contains(given)) {
            throw new IllegalArgumentException(
                    option + " takes " + String.join(" or ", choices) + ", not '" + given + "'.");
        }
    }
}

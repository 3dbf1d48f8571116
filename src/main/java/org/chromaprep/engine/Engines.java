package org.chromaprep.engine;

import java.util.List;
import org.chromaprep.engine.nd4j.Nd4jEngine;
import org.chromaprep.vgg.VggWeights;

/** Opens the engine that is asked for; an engine's library is loaded only when the engine is used. */
public final class Engines {
    private static final List<String> DEVICES = List.of(EngineChoice.AUTO, "cpu");
    private static final List<String> PRECISIONS = List.of("fp32");

    private Engines() {}

    /**
     * Opens an engine; the caller closes it.
     *
     * @param choice what is asked for
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @throws IllegalArgumentException if no engine is like that
     * @throws EngineException if the engine cannot run here
     */
    public static Engine open(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        demand("--engine", choice.engine(), List.of(EngineChoice.AUTO, Nd4jEngine.NAME));
        demand("--device", choice.device(), DEVICES);
        demand("--precision", choice.precision(), PRECISIONS);
        return new Nd4jEngine(plan, weights, choice.threadsPerWorker());
    }

    private static void demand(String option, String given, List<String> choices) {
        if (!choices.contains(given)) {
            throw new IllegalArgumentException(option + " takes " + String.join(" or ", choices) + " in this build, not '"
                    + given + "'.");
        }
    }
}

package org.chromaprep.engine;

import java.util.Optional;
import org.chromaprep.vgg.VggWeights;

/**
 * An engine that {@link Engines} can open. A new engine is a package with a public provider, which has a public constructor
 * without parameters and is named in {@code META-INF/services/org.chromaprep.engine.EngineProvider}.
 *
 * <p>All engines that are installed have their providers made, whichever is used then; so making one and asking for its name
 * loads no native library and touches no class that may be missing.
 */
public interface EngineProvider {
    /** The engine's name among the choices of {@code --engine}; different from all others. */
    String name();

    /**
     * How fast the engine is expected to compute a choice on this machine, relative to a direct convolution in single
     * precision on the processor. Of several engines {@code auto} takes the one that expects most.
     *
     * @param choice what is asked for, whatever engine it names
     * @return 0 where the engine does not compute what is asked for; whether it can run here shows when it is opened
     */
    double relativeSpeed(EngineChoice choice);

    /**
     * Opens the engine; the caller closes it.
     *
     * @param choice what is asked for, its names checked
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @throws IllegalArgumentException if the engine does not compute what is asked for
     * @throws EngineException if the engine cannot run here
     */
    Engine open(EngineChoice choice, NetworkPlan plan, VggWeights weights);

    /**
     * What the engine takes of the machine's memory, with one thread a worker.
     *
     * @param choice what will be opened, its names checked
     * @param plan what to compute, which is not empty
     * @return empty where that cannot be said, as on a graphics card
     */
    default Optional<EngineMemory> memory(EngineChoice choice, NetworkPlan plan) {
        return Optional.empty();
    }

    /**
     * Does what {@link #open} would do before it needs weights, like loading libraries, so that this can be done while those are
     * read. Nothing depends on it.
     *
     * @param choice what will be opened, its names checked
     * @throws EngineException if the engine cannot run here, which opening it will report again
     */
    default void prepare(EngineChoice choice) {}
}

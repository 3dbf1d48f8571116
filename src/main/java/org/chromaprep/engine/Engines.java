package org.chromaprep.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.chromaprep.vgg.VggWeights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the engines that are installed and opens the one that is asked for. An engine's library is loaded when the engine is
 * used, or when {@code auto} has to know whether it can be.
 */
public final class Engines {
    private static final Logger LOGGER = LoggerFactory.getLogger(Engines.class);
    private static final List<String> DEVICES =
            withAuto(Arrays.stream(Device.values()).map(Device::optionName));
    private static final List<String> PRECISIONS =
            Arrays.stream(Precision.values()).map(Precision::optionName).toList();

    private Engines() {}

    /** What {@link EngineChoice#engine} may be: {@code auto}, and the names of the engines that are installed. */
    public static List<String> names() {
        return withAuto(providers().stream().map(EngineProvider::name));
    }

    /**
     * Opens an engine; the caller closes it. After that it, its workers and its features throw {@link IllegalStateException}.
     *
     * <p>{@code auto} means the engine that expects to be the fastest, and the next one where that cannot run here.
     *
     * @param choice what is asked for
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @throws IllegalArgumentException if no engine is like that
     * @throws EngineException if the engine cannot run here
     */
    public static Engine open(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        var providers = providers();
        EngineChoice.demand(
                "`engine`", choice.engine(), withAuto(providers.stream().map(EngineProvider::name)));
        EngineChoice.demand("`device`", choice.device(), DEVICES);
        EngineChoice.demand("`precision`", choice.precision(), PRECISIONS);
        return new CheckedEngine(providers.stream()
                .filter(provider -> provider.name().equals(choice.engine()))
                .findFirst()
                .map(provider -> provider.open(choice, plan, weights))
                .orElseGet(() -> fastest(providers, choice, plan, weights)));
    }

    /**
     * A sentence for whoever asks for numbers of 16 bits where single precision, which is more exact, is expected to be faster.
     *
     * @param choice as opened
     */
    public static Optional<String> advice(EngineChoice choice) {
        if (choice.precision().equals(Precision.FP32.optionName())) {
            return Optional.empty();
        }
        var asked = providers().stream()
                .filter(provider -> choice.engine().equals(EngineChoice.AUTO)
                        || choice.engine().equals(provider.name()))
                .mapToDouble(provider -> provider.relativeSpeed(choice))
                .max()
                .orElse(0);
        var single = choice.with(EngineChoice.AUTO, Precision.FP32);
        return providers().stream()
                .filter(provider -> provider.relativeSpeed(single) > asked)
                .max(Comparator.comparingDouble(provider -> provider.relativeSpeed(single)))
                .map(provider -> "fp32 by the " + provider.name() + " engine is expected to be faster here than "
                        + choice.precision() + ", and is more exact; leave out `precision`"
                        + (choice.engine().equals(EngineChoice.AUTO) ? "." : " and `engine`."));
    }

    /**
     * What the engine that is asked for takes of the machine's memory; of {@code auto}, the one that is tried first.
     *
     * @param choice what will be opened
     * @param plan what to compute
     * @return empty without a network, and where that cannot be said, as on a graphics card
     */
    public static Optional<EngineMemory> memory(EngineChoice choice, NetworkPlan plan) {
        return plan.isEmpty() ? Optional.empty() : first(choice).flatMap(provider -> provider.memory(choice, plan));
    }

    private static Optional<EngineProvider> first(EngineChoice choice) {
        var providers = providers();
        return providers.stream()
                .filter(provider -> provider.name().equals(choice.engine()))
                .findFirst()
                .or(() -> bySpeed(providers, choice).stream().findFirst());
    }

    /**
     * Begins with what opening an engine does before it needs weights, on a thread of its own. What fails there fails again, and is
     * reported, when the engine is opened.
     *
     * @param choice what will be opened
     * @return to be closed before anything else uses native libraries, which waits until all is done
     */
    public static Preparation prepare(EngineChoice choice) {
        var thread = new Thread(
                () -> {
                    try {
                        first(choice).ifPresent(provider -> provider.prepare(choice));
                    } catch (RuntimeException | Error e) {
                        LOGGER.debug("The engine could not be prepared.", e);
                    }
                },
                "chromaprep-prepare");
        thread.setDaemon(true);
        thread.start();
        return new Preparation(thread);
    }

    /** An engine that is being prepared. */
    public static final class Preparation implements AutoCloseable {
        private final Thread thread;

        private Preparation(Thread thread) {
            this.thread = thread;
        }

        @Override
        public void close() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<EngineProvider> bySpeed(List<EngineProvider> providers, EngineChoice choice) {
        record Candidate(EngineProvider provider, double speed) {}
        return providers.stream()
                .map(provider -> new Candidate(provider, provider.relativeSpeed(choice)))
                .filter(candidate -> candidate.speed() > 0)
                .sorted(Comparator.comparingDouble(Candidate::speed).reversed())
                .map(Candidate::provider)
                .toList();
    }

    private static Engine fastest(
            List<EngineProvider> providers, EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        var candidates = bySpeed(providers, choice);
        for (var i = 0; i < candidates.size() - 1; i++) {
            try {
                return candidates.get(i).open(choice, plan, weights);
            } catch (EngineException e) {
                LOGGER.info(
                        "The {} engine is used instead of the faster {} engine: {}",
                        candidates.get(i + 1).name(),
                        candidates.get(i).name(),
                        e.getMessage());
            }
        }
        if (candidates.isEmpty()) {
            throw new EngineException("No engine computes " + choice.precision() + " on device " + choice.device()
                    + " here; choose another `precision` or `device`, or name an `engine` to learn what it lacks.");
        }
        return candidates.get(candidates.size() - 1).open(choice, plan, weights);
    }

    // Sorted by name, for the order in which they are found is that of the class path.
    private static List<EngineProvider> providers() {
        return ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(EngineProvider::name))
                .toList();
    }

    private static List<String> withAuto(Stream<String> names) {
        return Stream.concat(Stream.of(EngineChoice.AUTO), names).toList();
    }
}

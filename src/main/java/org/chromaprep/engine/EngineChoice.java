package org.chromaprep.engine;

import java.util.List;
import java.util.OptionalInt;

/**
 * Which engine is asked for, as the options name it.
 *
 * @param engine {@code auto} or an engine's name
 * @param device {@code auto}, {@code cpu} or {@code cuda}
 * @param precision {@code fp32}, {@code bf16} or {@code fp16}
 * @param threadsPerWorker threads of one forward, at least 1
 * @param batch frames of one forward, at least 1; empty for what is best on the device
 */
public record EngineChoice(String engine, String device, String precision, int threadsPerWorker, OptionalInt batch) {
    /** The word for "whatever is best here". */
    public static final String AUTO = "auto";

    /** With the best batch. */
    public EngineChoice(String engine, String device, String precision, int threadsPerWorker) {
        this(engine, device, precision, threadsPerWorker, OptionalInt.empty());
    }

    /** The same on the same device, by another engine and in another precision. */
    public EngineChoice with(String otherEngine, Precision otherPrecision) {
        return new EngineChoice(otherEngine, device, otherPrecision.optionName(), threadsPerWorker, batch);
    }

    /**
     * Checks one of a choice's names.
     *
     * @param option what it is a choice of, as the beginning of a sentence
     * @throws IllegalArgumentException if it is none of those
     */
    public static void demand(String option, String given, List<String> choices) {
        if (!choices.contains(given)) {
            throw new IllegalArgumentException(
                    option + " takes " + String.join(" or ", choices) + ", not '" + given + "'.");
        }
    }
}

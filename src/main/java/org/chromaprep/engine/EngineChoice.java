package org.chromaprep.engine;

/**
 * Which engine is asked for, as the options name it.
 *
 * @param engine {@code auto} or an engine's name
 * @param device {@code auto}, {@code cpu} or {@code cuda}
 * @param precision {@code fp32}, {@code bf16} or {@code fp16}
 * @param threadsPerWorker threads of one forward, at least 1
 */
public record EngineChoice(String engine, String device, String precision, int threadsPerWorker) {
    /** The word for "whatever is best here". */
    public static final String AUTO = "auto";
}

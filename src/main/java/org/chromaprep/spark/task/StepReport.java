package org.chromaprep.spark.task;

import java.io.Serializable;

/**
 * What became of a task.
 *
 * @param code the exit code that a command would end with
 * @param sentence what to say of it: of a failure why, of a finished film its line
 * @param parts of a plan: how many there are, 0 if the film is whole
 * @param ofTheStore whether the store failed, so that other films will fare no better
 * @param computing seconds that ChromaPrep worked
 * @param moving seconds in which files came from the store or went there
 * @param bytes that went there
 */
public record StepReport(
        int code, String sentence, int parts, boolean ofTheStore, double computing, double moving, long bytes)
        implements Serializable {
    /** Done, nothing lost. */
    public static final int OK = 0;
    /** A usage error. */
    public static final int USAGE = 2;
    /** An input could not be opened, or frames were lost. */
    public static final int INPUT = 3;
    /** Weights. */
    public static final int WEIGHTS = 4;
    /** The output. */
    public static final int OUTPUT = 5;
    /** Memory, device or native library. */
    public static final int DEVICE = 6;
    /** A fault of ChromaPrep's. */
    public static final int FAULT = 70;
    /** Interrupted. */
    public static final int INTERRUPTED = 130;
}

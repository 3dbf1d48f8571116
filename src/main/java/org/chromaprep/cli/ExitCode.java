package org.chromaprep.cli;

/** How the program ends; other programs rely on these numbers. */
enum ExitCode {
    /** Done, nothing lost. */
    OK(0),
    /** An option or a configuration key is wrong. */
    USAGE(2),
    /** An input could not be opened, or frames were lost; the rest is complete and valid. */
    INPUT(3),
    /** Weights cannot be had or used. */
    WEIGHTS(4),
    /** Output: space or permission. */
    OUTPUT(5),
    /** Memory or device. */
    DEVICE(6),
    /** Interrupted; everything written so far is valid and the run can be resumed. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}

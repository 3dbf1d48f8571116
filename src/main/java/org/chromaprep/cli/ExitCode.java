package org.chromaprep.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the program ends; other programs rely on these numbers. */
enum ExitCode {
    OK(0, "done, nothing lost"),
    USAGE(2, "an option, a variable or a configuration key is wrong"),
    INPUT(3, "an input could not be opened, or frames were lost; the rest is complete and valid"),
    WEIGHTS(4, "weights cannot be found, read or used"),
    OUTPUT(5, "output: space or permission"),
    DEVICE(6, "memory, device or native library"),
    FAULT(70, "a fault of ChromaPrep; a file that is named has the details"),
    INTERRUPTED(130, "interrupted; what is written is valid, and the same command continues");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** All of them for a help text, from number to meaning. */
    static Map<String, String> explained() {
        var codes = new LinkedHashMap<String, String>();
        Arrays.stream(values()).forEach(each -> codes.put(" " + each.number, each.meaning));
        return codes;
    }
}

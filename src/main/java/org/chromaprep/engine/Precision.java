package org.chromaprep.engine;

import java.util.Arrays;
import java.util.Optional;

/** The numbers that the network computes with. Feature maps are delivered in single precision whichever is chosen. */
public enum Precision {
    /** 32-bit floating point. */
    FP32("fp32"),
    /** 16-bit floating point with the range of single precision and 8 bits of significand. */
    BF16("bf16"),
    /** 16-bit IEEE floating point: 11 bits of significand, numbers up to 65504. */
    FP16("fp16");

    private final String optionName;

    Precision(String optionName) {
        this.optionName = optionName;
    }

    /** The name in options and files. */
    public String optionName() {
        return optionName;
    }

    /** The precision of that name, if it is one. */
    public static Optional<Precision> byName(String name) {
        return Arrays.stream(values()).filter(p -> p.optionName.equals(name)).findFirst();
    }
}

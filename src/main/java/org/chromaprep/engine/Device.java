package org.chromaprep.engine;

import java.util.Arrays;
import java.util.Optional;

/** Where the network computes. */
public enum Device {
    /** The processor. */
    CPU("cpu"),
    /** The first NVIDIA graphics card. */
    CUDA("cuda");

    private final String optionName;

    Device(String optionName) {
        this.optionName = optionName;
    }

    /** The name in options. */
    public String optionName() {
        return optionName;
    }

    /** The device of that name, if it is one. */
    public static Optional<Device> byName(String name) {
        return Arrays.stream(values()).filter(d -> d.optionName.equals(name)).findFirst();
    }
}

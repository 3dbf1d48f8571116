package org.chromaprep.engine;

import java.util.List;

/**
 * Which engine computes, for start-up lines and manifests.
 *
 * @param name as chosen by {@code --engine}, {@code nd4j} say
 * @param version the numerical library's version
 * @param device where it computes, {@code cpu} or {@code cuda:0}
 * @param precision {@code fp32}, {@code bf16} or {@code fp16}
 * @param natives the native libraries in use, as in {@code nd4j-native linux-x86_64-onednn-avx2}
 * @param threadsPerWorker threads that one forward uses
 * @param warnings sentences for the user about anything that makes this engine slower or other than expected
 */
public record EngineDescription(
        String name,
        String version,
        String device,
        String precision,
        String natives,
        int threadsPerWorker,
        List<String> warnings) {
    public EngineDescription {
        warnings = List.copyOf(warnings);
    }

    /** Whether it computes on a graphics card, beside processor cores that then have time for other work. */
    public boolean onCard() {
        return !device.equals(Device.CPU.optionName());
    }
}

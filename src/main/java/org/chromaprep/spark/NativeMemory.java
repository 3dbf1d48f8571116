package org.chromaprep.spark;

import java.util.List;
import java.util.Optional;

/**
 * How much memory ChromaPrep takes outside of Java's heap, by its settings: weights once, and for each worker the network's maps and the
 * frames in the ring.
 *
 * @param settings options as command lines have them
 */
record NativeMemory(List<String> settings) {
    int megabytes(int workers) {
        return 1024 + 512 * workers;
    }

    Optional<String> value(String option) {
        return settings.stream()
                .filter(each -> each.startsWith("--" + option + "="))
                .map(each -> each.substring(option.length() + 3))
                .findFirst();
    }
}

package org.chromaprep.spark;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How much memory ChromaPrep takes outside of Java's heap, by its settings: libraries and weights once, and for each worker the network's
 * maps, which grow with the network's input. A run at 224x224 was seen to take 1.0 GB with one worker and 1.3 GB with three, the heap
 * included, and 1.7 GB at 448x448; this allows for half as much again.
 *
 * @param settings options as command lines have them
 */
record NativeMemory(List<String> settings) {
    private static final int ALWAYS = 768;
    private static final int OF_MAPS = 256;
    private static final int OF_FULLY_CONNECTED_LAYERS = 1536;
    private static final double USUAL_PIXELS = 224 * 224;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    /** What an executor with so many workers needs, in megabytes. */
    int megabytes(int workers) {
        var maps = Math.ceil(OF_MAPS * pixels() / USUAL_PIXELS * (1 + workers));
        return ALWAYS + (int) maps + (value("layers").orElse("").contains("fc") ? OF_FULLY_CONNECTED_LAYERS : 0);
    }

    private double pixels() {
        var size = SIZE.matcher(value("size").orElse(""));
        return size.matches()
                ? (double) Integer.parseInt(size.group(1)) * Integer.parseInt(size.group(2))
                : USUAL_PIXELS;
    }

    private Optional<String> value(String option) {
        var beginning = "--" + option + "=";
        return settings.stream()
                .filter(each -> each.startsWith(beginning))
                .map(each -> each.substring(beginning.length()))
                .findFirst();
    }
}

package org.chromaprep.pipeline.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a frame is written into its sample. */
public enum Dump {
    /** The grey picture on the grid. */
    LUMA,
    /** Each pixel's cluster. */
    LABELS,
    /** Hypercolumns of sampled pixels, with their places and clusters. */
    SAMPLES,
    /** Every chosen layer's feature map at its native resolution. */
    MAPS,
    /** Every pixel's hypercolumn. */
    DENSE,
    /** The clusters' centroids. */
    CENTROIDS,
    /** Every pixel's a* and b*, of films with colour; sampled pixels have theirs in any case. */
    AB,
    /** Sampled pixels' colours as classes, softly encoded, of films with colour. */
    BINS,
    /** Histograms of hue and chroma around sampled pixels, of films with colour. */
    HISTOGRAMS;

    /** The name in options and files. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The dump of that name, if it is one. */
    public static Optional<Dump> byName(String name) {
        return Arrays.stream(values()).filter(dump -> dump.optionName().equals(name)).findFirst();
    }
}

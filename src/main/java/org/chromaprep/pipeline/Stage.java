package org.chromaprep.pipeline;

import java.util.Locale;

/** The stages of a frame's way, as metrics and manifests name them. */
public enum Stage {
    DECODE,
    LUMA,
    FORWARD,
    CLUSTER,
    COLOUR,
    DUMP,
    SHARD,
    ANNOTATE,
    RECORD;

    /** The name in metrics and files. */
    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.chromaprep.annotate;

/** What an annotated picture shows, above its caption if it has one. */
public enum Layout {
    /** The source, its clusters over grey and the hypercolumn average, side by side. */
    PANELS,
    /** The source at its own size with the clusters laid over it. */
    OVERLAY
}

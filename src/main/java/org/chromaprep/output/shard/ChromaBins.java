package org.chromaprep.output.shard;

/** What samples' histograms of hue and chroma are of. */
public final class ChromaBins {
    /** Bins of each of the two. */
    public static final int COUNT = 32;
    /** The chroma at the end of the last bin; sRGB reaches 134. */
    public static final int MOST = 134;

    private ChromaBins() {}
}

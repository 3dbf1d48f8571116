package org.chromaprep.pipeline;

import org.chromaprep.cluster.FrameClusterer;

/**
 * How many threads the stages behind the network have, so that they keep up with its workers. Beside few workers they have one each,
 * which then has time to spare. None of the numbers changes a byte of what is written.
 *
 * @param clusterers threads that cluster, each whole frames
 * @param helpers threads that help a clusterer with a frame's products
 * @param dumps threads that put samples together
 * @param room samples that may wait to be written
 */
record Crowd(int clusterers, int helpers, int dumps, int room) {
    /** Of larger samples one waits at a time. */
    private static final long LARGE_SAMPLE = 32 << 20;
    /** To continue clusters takes up to a fifth of a forward, and helpers soon have nothing left to do. */
    private static final int WORKERS_FOR_A_HELPER = 4;

    private static final int MOST_HELPERS = 3;
    /** To cluster a frame from nothing takes about half a forward. */
    private static final int WORKERS_FOR_A_CLUSTERER = 2;
    /** To put a sample together takes about a tenth of a forward. */
    private static final int WORKERS_FOR_A_DUMP = 8;

    /**
     * @param workers that run the network
     * @param onCard whether a card does their work, and nearly all of a clusterer's
     * @param mode whether clusters continue from frame to frame, so that frames must be clustered one after another
     * @param sampleBytes of a sample at most
     */
    static Crowd behind(int workers, boolean onCard, FrameClusterer.Mode mode, long sampleBytes) {
        var dumps = sampleBytes > LARGE_SAMPLE ? 1 : 1 + workers / WORKERS_FOR_A_DUMP;
        var alone = mode == FrameClusterer.Mode.INDEPENDENT;
        return new Crowd(
                alone && !onCard ? Math.max(1, workers / WORKERS_FOR_A_CLUSTERER) : 1,
                alone || onCard ? 0 : Math.min(MOST_HELPERS, workers / WORKERS_FOR_A_HELPER),
                dumps,
                sampleBytes > LARGE_SAMPLE ? 1 : dumps + 1);
    }
}

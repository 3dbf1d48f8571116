package org.chromaprep.pipeline;

/**
 * How large a ring is. It decides nothing of what is written.
 *
 * @param workers that compute its frames' maps at the same time
 * @param sparing whether it has no more slots than workers fill, so that workers wait for the stages behind them
 */
record RingSize(int workers, boolean sparing) {
    private static final int LEAST_SLOTS = 4;

    /**
     * How many slots it has, a power of two: while workers compute their batches, the stages behind have some of those before, and the
     * next ones wait.
     *
     * @param batch frames of a worker
     */
    int slots(int batch) {
        var forwarded = workers * batch;
        var behind = sparing ? 0 : Math.max(workers == 1 ? 2 : 3, forwarded / 2);
        return Integer.highestOneBit(Math.max(LEAST_SLOTS, forwarded + behind) * 2 - 1);
    }
}

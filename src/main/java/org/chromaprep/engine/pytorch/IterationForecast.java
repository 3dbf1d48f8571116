package org.chromaprep.engine.pytorch;

/**
 * How many iterations of k-means to ask for at once. One too many costs a few dozen small operations on the device; one too few
 * costs another wait, another copy of all results, and their computation. So a forecast is the mean of recent frames and three
 * times their mean deviation, as far as that is not many. One thread.
 */
final class IterationForecast {
    private static final double FIRST = 8;
    private static final double WEIGHT = 0.25;
    private static final double MOST_DEVIATION = 3;
    private static final int FEWEST = 4;
    private static final int FEWEST_MORE = 8;

    private double mean = FIRST;
    private double deviation = 1;

    /** Takes note of a frame. */
    void add(int iterations) {
        deviation += WEIGHT * (Math.abs(iterations - mean) - deviation);
        mean += WEIGHT * (iterations - mean);
    }

    /** Iterations to begin a frame with. */
    int first() {
        return Math.max(FEWEST, (int) Math.ceil(mean + 3 * Math.min(deviation, MOST_DEVIATION)) + 1);
    }

    /** Iterations to continue with where those were too few. */
    int more() {
        return Math.max(FEWEST_MORE, (int) Math.ceil(deviation));
    }
}

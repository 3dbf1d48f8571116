package org.chromaprep.learn.fit;

/**
 * How a head is fitted: AdamW on batches of rows, its learning rate along one cycle.
 *
 * @param hidden outputs of the first and of the second layer, at least 1
 * @param steps batches, at least 1
 * @param rows of a batch, at least 1
 * @param rate the largest learning rate, above 0
 * @param decay of the weights in each step, as a share of the learning rate, at least 0
 * @param seed of the first weights
 */
public record FitSettings(int hidden, int steps, int rows, double rate, double decay, long seed) {
    /** What suits a shot with one reference: 64, 300 steps of 1,024 rows, 0.003, 0.0001. */
    public static final FitSettings OF_A_SHOT = new FitSettings(64, 300, 1024, 3e-3, 1e-4, 0);

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public FitSettings {
        if (hidden < 1 || steps < 1 || rows < 1 || !(rate > 0) || !(decay >= 0)) {
            throw new IllegalArgumentException(
                    "A fit needs a hidden number, a step and a row at least, a rate above 0 and a"
                            + " decay of 0 or more, not " + hidden + ", " + steps + ", " + rows + ", " + rate + " and "
                            + decay + ".");
        }
    }

    /** The same with other first weights. */
    public FitSettings withSeed(long other) {
        return new FitSettings(hidden, steps, rows, rate, decay, other);
    }

    /** The same with another number of steps. */
    public FitSettings withSteps(int other) {
        return new FitSettings(hidden, other, rows, rate, decay, seed);
    }
}

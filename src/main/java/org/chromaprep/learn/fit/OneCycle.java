package org.chromaprep.learn.fit;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of one fit (Smith and Topin, "Super-Convergence", 2018): up from a 25th of the largest in the first three
 * tenths of the steps, then down to next to nothing, both along half a cosine wave, as PyTorch's OneCycleLR has it.
 * DeepLearning4J's CycleSchedule goes along straight lines, whose corners cost short fits some of their accuracy.
 */
public final class OneCycle implements ISchedule {
    private static final long serialVersionUID = 1L;
    private static final double RISE = 0.3;
    private static final double BEGIN = 1 / 25.0;
    private static final double END = BEGIN / 1e4;

    private final double largest;
    private final int steps;

    /**
     * @param largest learning rate, above 0
     * @param steps of the fit, at least 1; the rate stays at its end's beyond
     * @throws IllegalArgumentException if a number is out of range
     */
    public OneCycle(double largest, int steps) {
        if (!(largest > 0) || steps < 1) {
            throw new IllegalArgumentException(
                    "A fit has a learning rate above 0 and a step at least, not " + largest + " and " + steps + ".");
        }
        this.largest = largest;
        this.steps = steps;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        var peak = RISE * steps - 1;
        var last = Math.max(peak + 1, steps - 1.0);
        return iteration <= peak
                ? largest * between(BEGIN, 1, peak <= 0 ? 1 : iteration / peak)
                : largest * between(1, END, Math.min(1, (iteration - peak) / (last - peak)));
    }

    private static double between(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + StrictMath.cos(Math.PI * share));
    }

    @Override
    public ISchedule clone() {
        return new OneCycle(largest, steps);
    }
}

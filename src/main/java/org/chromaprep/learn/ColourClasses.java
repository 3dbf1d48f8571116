package org.chromaprep.learn;

import java.util.Arrays;

/**
 * Colours as classes (Zhang et al., "Colorful Image Colorization", 2016): the outputs are logarithms of the classes'
 * likelihoods up to a constant. The colour is their annealed mean (section 2.3): the classes' centres weighted by the
 * likelihoods raised to 1 / temperature. Near 0 that is the likeliest class, at 1 the mean.
 *
 * @param centres a*, b* of each class, one after the other; kept and never written
 * @param temperature above 0, at most 1
 */
public record ColourClasses(float[] centres, float temperature) implements Target {
    /** The paper's temperature. */
    public static final float ANNEALED = 0.38f;

    /**
     * @throws IllegalArgumentException if there are less than two classes, or the temperature is not above 0 and at most 1
     */
    public ColourClasses {
        if (centres.length < 4 || centres.length % 2 != 0) {
            throw new IllegalArgumentException("There are two classes of colours at least, with two numbers each, not "
                    + centres.length + " numbers.");
        }
        if (!(temperature > 0 && temperature <= 1)) {
            throw new IllegalArgumentException("The temperature of the annealed mean is above 0 and at most 1, not " + temperature
                    + ".");
        }
    }

    @Override
    public int outputs() {
        return centres.length / 2;
    }

    @Override
    public void decode(float[] planes, int pixels, float[] ab, int at) {
        var classes = outputs();
        var largest = new float[pixels];
        var sums = new float[3 * pixels];
        System.arraycopy(planes, 0, largest, 0, pixels);
        for (var c = 1; c < classes; c++) {
            for (var i = 0; i < pixels; i++) {
                largest[i] = Math.max(largest[i], planes[c * pixels + i]);
            }
        }
        for (var c = 0; c < classes; c++) {
            for (var i = 0; i < pixels; i++) {
                var weight = (float) StrictMath.exp((planes[c * pixels + i] - largest[i]) / temperature);
                sums[i] += weight;
                sums[pixels + i] += weight * centres[2 * c];
                sums[2 * pixels + i] += weight * centres[2 * c + 1];
            }
        }
        for (var i = 0; i < pixels; i++) {
            ab[at + 2 * i] = sums[pixels + i] / sums[i];
            ab[at + 2 * i + 1] = sums[2 * pixels + i] / sums[i];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColourClasses that && temperature == that.temperature
                && Arrays.equals(centres, that.centres);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(centres) + Float.hashCode(temperature);
    }

    @Override
    public String toString() {
        return "ColourClasses[" + outputs() + " classes, temperature " + temperature + "]";
    }
}

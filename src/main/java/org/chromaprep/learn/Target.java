package org.chromaprep.learn;

import java.util.Arrays;

/** What the numbers of a head's last layer mean. */
public sealed interface Target {
    /** Numbers of the last layer. */
    int outputs();

    /**
     * Turns the last layer's numbers of some pixels into colours.
     *
     * @param planes {@link #outputs} rows of {@code pixels} numbers, one after another; may be overwritten
     * @param pixels how many
     * @param ab receives a*, b* of each pixel, one after the other, from {@code at}
     */
    void decode(float[] planes, int pixels, float[] ab, int at);

    /**
     * Colours as numbers: the two outputs times a scale, added to the mean colour of the training pixels.
     *
     * @param meanA a* of the training pixels, on average
     * @param meanB b* of the training pixels, on average
     */
    record Regression(float meanA, float meanB) implements Target {
        /** What an output of 1 is in a*, b*: colours of films deviate by so much or less, which suits fresh weights. */
        public static final float SCALE = 20;

        /**
         * @throws IllegalArgumentException if a mean is not finite
         */
        public Regression {
            if (!Float.isFinite(meanA) || !Float.isFinite(meanB)) {
                throw new IllegalArgumentException("A mean colour is finite, not " + meanA + ", " + meanB + ".");
            }
        }

        /** The target of the mean of some colours, a*, b* one after the other. */
        public static Regression around(float[] ab) {
            var a = 0.0;
            var b = 0.0;
            for (var i = 0; i < ab.length; i += 2) {
                a += ab[i];
                b += ab[i + 1];
            }
            var pixels = Math.max(1, ab.length / 2);
            return new Regression((float) (a / pixels), (float) (b / pixels));
        }

        @Override
        public int outputs() {
            return 2;
        }

        /** What the outputs ought to be for a colour. */
        public void encode(float a, float b, float[] into, int at) {
            into[at] = (a - meanA) / SCALE;
            into[at + 1] = (b - meanB) / SCALE;
        }

        @Override
        public void decode(float[] planes, int pixels, float[] ab, int at) {
            for (var i = 0; i < pixels; i++) {
                ab[at + 2 * i] = planes[i] * SCALE + meanA;
                ab[at + 2 * i + 1] = planes[pixels + i] * SCALE + meanB;
            }
        }
    }

    /**
     * Colours as classes (Zhang et al., "Colorful Image Colorization", 2016): the outputs are logarithms of the classes'
     * likelihoods up to a constant. The colour is their annealed mean (section 2.3): the classes' centres weighted by the
     * likelihoods raised to 1 / temperature. Near 0 that is the likeliest class, at 1 the mean.
     *
     * @param centres a*, b* of each class, one after the other; kept and never written
     * @param temperature above 0, at most 1
     */
    record ColourClasses(float[] centres, float temperature) implements Target {
        /** The paper's temperature. */
        public static final float ANNEALED = 0.38f;

        /**
         * @throws IllegalArgumentException if there are less than two classes, or the temperature is not above 0 and at most 1
         */
        public ColourClasses {
            if (centres.length < 4 || centres.length % 2 != 0) {
                throw new IllegalArgumentException(
                        "There are two classes of colours at least, with two numbers each, not " + centres.length
                                + " numbers.");
            }
            if (!(temperature > 0 && temperature <= 1)) {
                throw new IllegalArgumentException(
                        "The temperature of the annealed mean is above 0 and at most 1, not " + temperature + ".");
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
            return other instanceof ColourClasses that
                    && temperature == that.temperature
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

    /**
     * Colours as histograms of hue and of chroma (Larsson et al., "Learning Representations for Automatic Colorization", 2016,
     * section 3): the outputs are logarithms of the bins' likelihoods, each histogram's up to a constant. The hue is the
     * direction of the mean of the bins' directions, the chroma the histogram's median, and where the directions cancel out the
     * chroma fades (the paper's chromatic fading). Hue and chroma are CIE Lab's.
     *
     * @param bins of each histogram, at least 2; hue's begin at -180 degrees
     * @param mostChroma the end of chroma's last bin
     */
    record HueAndChroma(int bins, float mostChroma) implements Target {
        /** Directions whose mean is shorter than this fade. */
        private static final double FADING = 0.03;

        /**
         * @throws IllegalArgumentException if there are too few bins, or the chroma is not above 0
         */
        public HueAndChroma {
            if (bins < 2 || !(mostChroma > 0)) {
                throw new IllegalArgumentException("Histograms have two bins at least and a chroma above 0, not " + bins
                        + " and " + mostChroma + ".");
            }
        }

        @Override
        public int outputs() {
            return 2 * bins;
        }

        @Override
        public void decode(float[] planes, int pixels, float[] ab, int at) {
            var likelihoods = new double[bins];
            for (var i = 0; i < pixels; i++) {
                likelihoods(planes, i, pixels, likelihoods);
                var x = 0.0;
                var y = 0.0;
                for (var bin = 0; bin < bins; bin++) {
                    var angle = ((bin + 0.5) / bins * 2 - 1) * Math.PI;
                    x += likelihoods[bin] * StrictMath.cos(angle);
                    y += likelihoods[bin] * StrictMath.sin(angle);
                }
                likelihoods(planes, bins * pixels + i, pixels, likelihoods);
                var length = StrictMath.hypot(x, y);
                var chroma = median(likelihoods) * Math.min(1, length / FADING);
                ab[at + 2 * i] = (float) (length > 0 ? chroma * x / length : 0);
                ab[at + 2 * i + 1] = (float) (length > 0 ? chroma * y / length : 0);
            }
        }

        private void likelihoods(float[] planes, int first, int step, double[] into) {
            var largest = Double.NEGATIVE_INFINITY;
            for (var bin = 0; bin < bins; bin++) {
                largest = Math.max(largest, planes[first + bin * step]);
            }
            var sum = 0.0;
            for (var bin = 0; bin < bins; bin++) {
                into[bin] = StrictMath.exp(planes[first + bin * step] - largest);
                sum += into[bin];
            }
            for (var bin = 0; bin < bins; bin++) {
                into[bin] /= sum;
            }
        }

        /** The chroma that half of the histogram lies below. */
        private double median(double[] likelihoods) {
            var below = 0.0;
            for (var bin = 0; bin < bins; bin++) {
                if (below + likelihoods[bin] >= 0.5) {
                    return (bin + (0.5 - below) / likelihoods[bin]) / bins * mostChroma;
                }
                below += likelihoods[bin];
            }
            return mostChroma;
        }
    }
}

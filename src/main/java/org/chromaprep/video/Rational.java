package org.chromaprep.video;

/**
 * An exact fraction, as films use it for time bases (seconds a tick) and frame rates (frames a second).
 *
 * @param numerator the upper number
 * @param denominator the lower number, above 0
 */
public record Rational(int numerator, int denominator) {
    /**
     * @throws IllegalArgumentException if the denominator is not above 0
     */
    public Rational {
        if (denominator <= 0) {
            throw new IllegalArgumentException(
                    "A fraction needs a denominator above 0, not " + numerator + "/" + denominator + ".");
        }
    }

    /** The fraction as a number. */
    public double value() {
        return (double) numerator / denominator;
    }

    /**
     * One over this fraction.
     *
     * @throws IllegalArgumentException if the numerator is not above 0
     */
    public Rational inverse() {
        return new Rational(denominator, numerator);
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}

package org.chromaprep.learn;

/**
 * Colours as numbers: the two outputs times a scale, added to the mean colour of the training pixels.
 *
 * @param meanA a* of the training pixels, on average
 * @param meanB b* of the training pixels, on average
 */
public record Regression(float meanA, float meanB) implements Target {
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

package org.chromaprep.learn;

/**
 * Colours as histograms of hue and of chroma (Larsson et al., "Learning Representations for Automatic Colorization", 2016,
 * section 3): the outputs are logarithms of the bins' likelihoods, each histogram's up to a constant. The hue is the
 * direction of the mean of the bins' directions, the chroma the histogram's median, and where the directions cancel out the
 * chroma fades (the paper's chromatic fading). Hue and chroma are CIE Lab's.
 *
 * @param bins of each histogram, at least 2; hue's begin at -180 degrees
 * @param mostChroma the end of chroma's last bin
 */
public record HueAndChroma(int bins, float mostChroma) implements Target {
    /** Directions whose mean is shorter than this fade. */
    private static final double FADING = 0.03;

    /**
     * @throws IllegalArgumentException if there are too few bins, or the chroma is not above 0
     */
    public HueAndChroma {
        if (bins < 2 || !(mostChroma > 0)) {
            throw new IllegalArgumentException("Histograms have two bins at least and a chroma above 0, not " + bins + " and "
                    + mostChroma + ".");
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

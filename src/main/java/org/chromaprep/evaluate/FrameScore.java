package org.chromaprep.evaluate;

/**
 * How far one frame's colours are from the true ones.
 *
 * @param rmse root mean square error of a* and b* over all pixels
 * @param ciede2000 mean colour difference
 * @param squaredRgb mean square error of red, green and blue, each 0 to 1
 * @param colourfulness of the frame
 */
public record FrameScore(double rmse, double ciede2000, double squaredRgb, double colourfulness) {
    /** The range that a*, b* have in 8 bits, which PSNR is measured against. */
    private static final double RANGE = 255;

    /**
     * Compares two frames.
     *
     * @throws IllegalArgumentException if they have not as many pixels
     */
    public static FrameScore of(Colours coloured, Colours truth) {
        var pixels = truth.lightness().length;
        if (coloured.lightness().length != pixels) {
            throw new IllegalArgumentException(
                    "Frames of " + coloured.lightness().length + " and " + pixels + " pixels cannot be compared.");
        }
        var squares = 0.0;
        var differences = 0.0;
        for (var i = 0; i < pixels; i++) {
            double a = coloured.ab()[2 * i] - truth.ab()[2 * i];
            double b = coloured.ab()[2 * i + 1] - truth.ab()[2 * i + 1];
            squares += a * a + b * b;
            differences += Ciede2000.between(
                    coloured.lightness()[i],
                    coloured.ab()[2 * i],
                    coloured.ab()[2 * i + 1],
                    truth.lightness()[i],
                    truth.ab()[2 * i],
                    truth.ab()[2 * i + 1]);
        }
        var rgb = coloured.toRgb();
        return new FrameScore(
                Math.sqrt(squares / (2.0 * pixels)),
                differences / pixels,
                squared(rgb, truth.toRgb()),
                colourfulness(rgb));
    }

    private static double squared(int[] one, int[] other) {
        var sum = 0.0;
        for (var i = 0; i < one.length; i++) {
            for (var shift = 0; shift <= 16; shift += 8) {
                var off = ((one[i] >> shift & 255) - (other[i] >> shift & 255)) / 255.0;
                sum += off * off;
            }
        }
        return sum / (3.0 * one.length);
    }

    /** Hasler and Suesstrunk's colourfulness of 0xRRGGBB numbers: about 15 is slightly, 33 moderately, 59 quite colourful. */
    public static double colourfulness(int[] rgb) {
        var sums = new double[4];
        for (var pixel : rgb) {
            var red = pixel >> 16 & 255;
            var green = pixel >> 8 & 255;
            var blue = pixel & 255;
            double redGreen = red - green;
            var yellowBlue = (red + green) / 2.0 - blue;
            sums[0] += redGreen;
            sums[1] += yellowBlue;
            sums[2] += redGreen * redGreen;
            sums[3] += yellowBlue * yellowBlue;
        }
        var n = rgb.length;
        var deviations = Math.sqrt(
                Math.max(0, sums[2] / n - sums[0] / n * sums[0] / n + sums[3] / n - sums[1] / n * sums[1] / n));
        return deviations + 0.3 * Math.hypot(sums[0] / n, sums[1] / n);
    }

    /** Peak signal-to-noise ratio in decibels of a*, b* with this error. */
    public static double psnrOfAb(double rmse) {
        return 20 * Math.log10(RANGE / Math.max(rmse, 1e-6));
    }

    /** Peak signal-to-noise ratio in decibels of a mean square error in parts of the peak. */
    public static double psnr(double squared) {
        return 10 * Math.log10(1 / Math.max(squared, 1e-12));
    }
}

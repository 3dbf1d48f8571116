package org.chromaprep.video.scale;

import org.chromaprep.video.ffmpeg.ColourFacts;

/** What coded components mean as red, green and blue (ITU-R BT.601, BT.709, BT.2020). Immutable. */
final class Components {
    private final boolean rgb;
    private final boolean grey;
    private final double black;
    private final double span;
    private final double chromaSpan;
    private final double middle;
    private final double redShare;
    private final double blueShare;

    /**
     * @param depth bits of a number
     * @param rgb whether the components are red, green and blue; otherwise luma, blue and red difference
     * @param grey whether there is nothing but luma
     */
    Components(ColourFacts colour, int depth, boolean rgb, boolean grey) {
        this.rgb = rgb;
        this.grey = grey;
        double largest = (1 << depth) - 1;
        double step = (1 << depth) / 256.0;
        var full = rgb || colour.fullRange();
        black = full ? 0 : 16 * step;
        span = full ? largest : 219 * step;
        chromaSpan = full ? largest : 224 * step;
        middle = 128 * step;
        redShare = colour.redShare();
        blueShare = colour.blueShare();
    }

    /**
     * Decodes one colour.
     *
     * @param first luma or red, as coded
     * @param second blue difference or green; of no account where there is only luma
     * @param third red difference or blue; likewise
     * @param colour receives red, green and blue, 0 to 1, clipped to that
     */
    void toRgb(double first, double second, double third, double[] colour) {
        var luma = (first - black) / span;
        if (grey) {
            set(colour, luma, luma, luma);
            return;
        }
        if (rgb) {
            set(colour, luma, second / span, third / span);
            return;
        }
        var red = luma + 2 * (1 - redShare) * (third - middle) / chromaSpan;
        var blue = luma + 2 * (1 - blueShare) * (second - middle) / chromaSpan;
        var green = (luma - redShare * red - blueShare * blue) / (1 - redShare - blueShare);
        set(colour, red, green, blue);
    }

    private static void set(double[] colour, double red, double green, double blue) {
        colour[0] = clipped(red);
        colour[1] = clipped(green);
        colour[2] = clipped(blue);
    }

    private static double clipped(double value) {
        return Math.max(0, Math.min(1, value));
    }
}

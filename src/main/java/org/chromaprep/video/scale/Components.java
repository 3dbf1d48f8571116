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
     * Converts one colour.
     *
     * @param first luma or red, as coded
     * @param second blue difference or green; of no account where there is only luma
     * @param third red difference or blue; likewise
     * @param lab receives L*, a*, b*
     */
    void toLab(double first, double second, double third, LabConversion conversion, float[] lab) {
        var luma = (first - black) / span;
        if (grey) {
            var level = clipped(luma);
            conversion.convert(level, level, level, lab);
            return;
        }
        if (rgb) {
            conversion.convert(clipped(luma), clipped(second / span), clipped(third / span), lab);
            return;
        }
        var red = luma + 2 * (1 - redShare) * (third - middle) / chromaSpan;
        var blue = luma + 2 * (1 - blueShare) * (second - middle) / chromaSpan;
        var green = (luma - redShare * red - blueShare * blue) / (1 - redShare - blueShare);
        conversion.convert(clipped(red), clipped(green), clipped(blue), lab);
    }

    private static double clipped(double value) {
        return Math.max(0, Math.min(1, value));
    }
}

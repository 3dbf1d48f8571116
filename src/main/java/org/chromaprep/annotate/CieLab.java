package org.chromaprep.annotate;

/**
 * A colour in CIE 1976 L*a*b* for the D65 white of sRGB (IEC 61966-2-1, CIE 15).
 *
 * @param lightness L*, 0 (black) to 100 (white)
 * @param a green to red
 * @param b blue to yellow
 */
record CieLab(double lightness, double a, double b) {
    private static final double LINEAR_BELOW = 216.0 / 24389.0;
    private static final double SLOPE = 24389.0 / 27.0;

    static CieLab of(int rgb) {
        var red = linear(rgb >> 16 & 255);
        var green = linear(rgb >> 8 & 255);
        var blue = linear(rgb & 255);
        var fx = compressed((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
        var fy = compressed(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
        var fz = compressed((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
        return new CieLab(116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz));
    }

    /** The colour difference of CIE 1976. */
    double distance(CieLab other) {
        return StrictMath.sqrt(square(lightness - other.lightness) + square(a - other.a) + square(b - other.b));
    }

    /** How far the colour is from grey. */
    double chroma() {
        return StrictMath.sqrt(square(a) + square(b));
    }

    private static double linear(int level) {
        var value = level / 255.0;
        return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double compressed(double value) {
        return value > LINEAR_BELOW ? StrictMath.cbrt(value) : (SLOPE * value + 16) / 116;
    }

    private static double square(double value) {
        return value * value;
    }
}

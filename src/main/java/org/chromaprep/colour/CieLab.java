package org.chromaprep.colour;

/**
 * A colour in CIE 1976 L*a*b* under D65, sRGB's white (IEC 61966-2-1, CIE 15). The same bits on every machine.
 *
 * @param lightness L*, 0 (black) to 100 (white)
 * @param a green to red
 * @param b blue to yellow
 */
public record CieLab(double lightness, double a, double b) {
    /** The white's X and Z, its Y being 1. */
    public static final double WHITE_X = 0.95047;

    public static final double WHITE_Z = 1.08883;

    private static final double LINEAR_BELOW = 216.0 / 24389.0;
    private static final double SLOPE = 24389.0 / 27.0;

    /** The colour of an sRGB number, 0xRRGGBB. */
    public static CieLab of(int rgb) {
        return ofLight(
                Srgb.light((rgb >> 16 & 255) / 255.0),
                Srgb.light((rgb >> 8 & 255) / 255.0),
                Srgb.light((rgb & 255) / 255.0));
    }

    /**
     * The colour of light by sRGB's primaries.
     *
     * @param red 0 to 1, as the others
     */
    public static CieLab ofLight(double red, double green, double blue) {
        var fx = compressed((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE_X);
        var fy = compressed(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
        var fz = compressed((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / WHITE_Z);
        return new CieLab(116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz));
    }

    /** L* of a grey light, 0 to 1. */
    public static double lightness(double light) {
        return 116 * compressed(light) - 16;
    }

    /** The function of CIE 15 through which X, Y and Z over the white's go, near to a cube root. */
    public static double compressed(double value) {
        return value > LINEAR_BELOW ? StrictMath.cbrt(value) : (SLOPE * value + 16) / 116;
    }

    private static double expanded(double compressed) {
        return compressed > 6.0 / 29 ? compressed * compressed * compressed : (116 * compressed - 16) / SLOPE;
    }

    /** The nearest sRGB number, 0xRRGGBB; what lies outside is clipped channel by channel. */
    public static int rgb(double lightness, double a, double b) {
        var fy = (lightness + 16) / 116;
        var x = WHITE_X * expanded(fy + a / 500);
        var y = expanded(fy);
        var z = WHITE_Z * expanded(fy - b / 200);
        return Srgb.level(3.2404542 * x - 1.5371385 * y - 0.4985314 * z) << 16
                | Srgb.level(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z) << 8
                | Srgb.level(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
    }

    /** The colour difference of CIE 1976. */
    public double distance(CieLab other) {
        return StrictMath.sqrt(square(lightness - other.lightness) + square(a - other.a) + square(b - other.b));
    }

    /** How far the colour is from grey. */
    public double chroma() {
        return StrictMath.sqrt(square(a) + square(b));
    }

    private static double square(double value) {
        return value * value;
    }
}

package org.chromaprep.colour;

/** sRGB's transfer (IEC 61966-2-1). The same bits on every machine. Stateless. */
public final class Srgb {
    private static final double STRAIGHT_BELOW = 0.04045;
    private static final double STRAIGHT_BELOW_LIGHT = 0.0031308;
    private static final double SLOPE = 12.92;

    private Srgb() {}

    /**
     * The light of a number.
     *
     * @param number 0 to 1
     */
    public static double light(double number) {
        return number <= STRAIGHT_BELOW ? number / SLOPE : StrictMath.pow((number + 0.055) / 1.055, 2.4);
    }

    /**
     * The number of a light.
     *
     * @param light 0 to 1; what lies outside is clipped
     */
    public static double number(double light) {
        var clipped = Math.max(0, Math.min(1, light));
        return clipped <= STRAIGHT_BELOW_LIGHT ? SLOPE * clipped : 1.055 * StrictMath.pow(clipped, 1 / 2.4) - 0.055;
    }

    /** The number of a light in 8 bits. */
    public static int level(double light) {
        return (int) Math.round(255 * number(light));
    }
}

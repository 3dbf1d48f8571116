package org.chromaprep.video.scale;

/** CIE 1976 L*a*b* of sRGB under D65, in double precision, straight from IEC 61966-2-1 and CIE 15. */
public final class NaiveLab {
    private NaiveLab() {}

    /** L*, a*, b* of red, green and blue of 0 to 1. */
    public static double[] of(double red, double green, double blue) {
        var r = light(red);
        var g = light(green);
        var b = light(blue);
        var x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
        var y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
        var z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double light(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
}

package org.chromaprep.evaluate;

/**
 * CIEDE2000, by the formulas and with the discontinuities resolved as in Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference
 * Formula: Implementation Notes, Supplementary Test Data, and Mathematical Observations", 2005. Stateless.
 */
public final class Ciede2000 {
    private static final double POWER_25 = Math.pow(25, 7);

    private Ciede2000() {}

    /** The difference of two colours, with all weights 1. */
    public static double between(double l1, double a1, double b1, double l2, double a2, double b2) {
        var meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
        var power = Math.pow(meanChroma, 7);
        var stretch = 1 + 0.5 * (1 - Math.sqrt(power / (power + POWER_25)));
        var chroma1 = Math.hypot(stretch * a1, b1);
        var chroma2 = Math.hypot(stretch * a2, b2);
        var hue1 = hue(stretch * a1, b1);
        var hue2 = hue(stretch * a2, b2);
        var grey = chroma1 * chroma2 == 0;
        var turn = grey ? 0 : turned(hue2 - hue1);
        var lightness = l2 - l1;
        var chroma = chroma2 - chroma1;
        var hue = 2 * Math.sqrt(chroma1 * chroma2) * Math.sin(Math.toRadians(turn / 2));
        return weighed(lightness, chroma, hue, (l1 + l2) / 2, (chroma1 + chroma2) / 2, meanHue(hue1, hue2, grey));
    }

    private static double hue(double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        var degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double turned(double difference) {
        return difference > 180 ? difference - 360 : difference < -180 ? difference + 360 : difference;
    }

    private static double meanHue(double hue1, double hue2, boolean grey) {
        if (grey) {
            return hue1 + hue2;
        }
        if (Math.abs(hue1 - hue2) <= 180) {
            return (hue1 + hue2) / 2;
        }
        return hue1 + hue2 < 360 ? (hue1 + hue2 + 360) / 2 : (hue1 + hue2 - 360) / 2;
    }

    private static double weighed(
            double lightness, double chroma, double hue, double meanLightness, double meanChroma, double meanHue) {
        var t = 1
                - 0.17 * cos(meanHue - 30)
                + 0.24 * cos(2 * meanHue)
                + 0.32 * cos(3 * meanHue + 6)
                - 0.20 * cos(4 * meanHue - 63);
        var off = meanLightness - 50;
        var scaleL = 1 + 0.015 * off * off / Math.sqrt(20 + off * off);
        var scaleC = 1 + 0.045 * meanChroma;
        var scaleH = 1 + 0.015 * meanChroma * t;
        var from275 = (meanHue - 275) / 25;
        var power = Math.pow(meanChroma, 7);
        var rotation = -Math.sin(Math.toRadians(60 * Math.exp(-from275 * from275)))
                * 2
                * Math.sqrt(power / (power + POWER_25));
        var l = lightness / scaleL;
        var c = chroma / scaleC;
        var h = hue / scaleH;
        return Math.sqrt(Math.max(0, l * l + c * c + h * h + rotation * c * h));
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}

package org.chromaprep.evaluate;

/**
 * One frame's colours.
 *
 * @param lightness L* of each pixel, row by row
 * @param ab a*, b* of each pixel, one after the other, row by row
 */
public record Colours(float[] lightness, float[] ab) {
    private static final double KNEE = 6.0 / 29;

    /**
     * @throws IllegalArgumentException if there are not two colour numbers for each lightness
     */
    public Colours {
        if (ab.length != 2 * lightness.length) {
            throw new IllegalArgumentException("A frame of " + lightness.length + " pixels has twice as many a* and b*, not "
                    + ab.length + ".");
        }
    }

    /** The same lightness with other colours. */
    public Colours with(float[] otherAb) {
        return new Colours(lightness, otherAb);
    }

    /** The frame as sRGB, 0xRRGGBB; what lies outside is clipped. */
    public int[] toRgb() {
        var rgb = new int[lightness.length];
        for (var i = 0; i < rgb.length; i++) {
            var compressed = (lightness[i] + 16.0) / 116;
            var x = 0.95047 * light(compressed + ab[2 * i] / 500.0);
            var y = light(compressed);
            var z = 1.08883 * light(compressed - ab[2 * i + 1] / 200.0);
            rgb[i] = level(3.2404542 * x - 1.5371385 * y - 0.4985314 * z) << 16
                    | level(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z) << 8
                    | level(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
        }
        return rgb;
    }

    private static double light(double compressed) {
        return compressed > KNEE ? compressed * compressed * compressed : 3 * KNEE * KNEE * (compressed - 16.0 / 116);
    }

    private static int level(double light) {
        var clipped = Math.min(1, Math.max(0, light));
        var number = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * number);
    }
}

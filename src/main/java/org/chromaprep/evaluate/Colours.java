package org.chromaprep.evaluate;

import org.chromaprep.colour.CieLab;

/**
 * One frame's colours.
 *
 * @param lightness L* of each pixel, row by row
 * @param ab a*, b* of each pixel, one after the other, row by row
 */
public record Colours(float[] lightness, float[] ab) {
    /**
     * @throws IllegalArgumentException if there are not two colour numbers for each lightness
     */
    public Colours {
        if (ab.length != 2 * lightness.length) {
            throw new IllegalArgumentException(
                    "A frame of " + lightness.length + " pixels has twice as many a* and b*, not " + ab.length + ".");
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
            rgb[i] = CieLab.rgb(lightness[i], ab[2 * i], ab[2 * i + 1]);
        }
        return rgb;
    }
}

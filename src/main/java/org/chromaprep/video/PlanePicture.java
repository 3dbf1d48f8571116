package org.chromaprep.video;

import java.util.Arrays;

/**
 * One picture as planes: memory that is written again for each frame. Numbers are unsigned; rows lie one after another. One
 * thread at a time.
 */
public final class PlanePicture {
    private final PlaneFormat format;
    private final short[] luma;
    private final short[] blue;
    private final short[] red;

    /** A black picture. */
    public PlanePicture(PlaneFormat format) {
        this.format = format;
        luma = new short[Math.multiplyExact(format.width(), format.height())];
        blue = new short[format.colourWidth() * format.colourHeight()];
        red = new short[blue.length];
        Arrays.fill(luma, (short) format.black());
        clearColour();
    }

    /** How it is stored. */
    public PlaneFormat format() {
        return format;
    }

    /** Luma: the array itself. */
    public short[] luma() {
        return luma;
    }

    /** The blue difference: the array itself. */
    public short[] blue() {
        return blue;
    }

    /** The red difference: the array itself. */
    public short[] red() {
        return red;
    }

    /** Makes the picture grey. */
    public void clearColour() {
        Arrays.fill(blue, (short) format.neutral());
        Arrays.fill(red, (short) format.neutral());
    }
}

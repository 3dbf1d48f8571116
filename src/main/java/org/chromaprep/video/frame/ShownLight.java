package org.chromaprep.video.frame;

import org.chromaprep.colour.Srgb;

/** From linear light and densities to numbers of 16 bits as sRGB screens take them (IEC 61966-2-1). Immutable. */
final class ShownLight {
    private static final int LARGEST = 0xFFFF;
    /** Of a float's bits, the exponent and 11 of the fraction: steps of 0.05 %, a twentieth of a level of 8 bits. */
    private static final int FLOAT_SHIFT = 12;

    private static final double WHITE_CODE = 685;
    private static final double BLACK_CODE = 95;
    private static final double TEN_BITS = 1023;
    private static final double DENSITY_A_CODE = 0.002;
    private static final double NEGATIVE_GAMMA = 0.6;

    private final short[] ofFloats;
    private final short[] ofWholes;

    private ShownLight(short[] ofFloats, short[] ofWholes) {
        this.ofFloats = ofFloats;
        this.ofWholes = ofWholes;
    }

    /** The tables for a kind of light, which take some milliseconds to make. */
    static ShownLight of(Light light) {
        var floats = new short[1 << Integer.SIZE - FLOAT_SHIFT];
        for (var i = 0; i < floats.length; i++) {
            floats[i] = (short) level(light, Float.intBitsToFloat(i << FLOAT_SHIFT | 1 << FLOAT_SHIFT - 1));
        }
        var wholes = new short[LARGEST + 1];
        for (var i = 0; i < wholes.length; i++) {
            wholes[i] = (short) level(light, (double) i / LARGEST);
        }
        return new ShownLight(floats, wholes);
    }

    /** The number, 0 to 65535, of one that is 0 to 1 but may go beyond. */
    short of(float value) {
        return ofFloats[Float.floatToRawIntBits(value) >>> FLOAT_SHIFT];
    }

    /** The number of one of 16 bits. */
    short of(short value) {
        return ofWholes[value & LARGEST];
    }

    private static int level(Light light, double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        var shown =
                switch (light) {
                    case LINEAR -> Srgb.number(value);
                    case DENSITY -> Srgb.number(negative(value));
                    case CODED, BEYOND -> value;
                };
        return (int) Math.round(LARGEST * Math.min(1, Math.max(0, shown)));
    }

    private static double negative(double value) {
        var black = light(BLACK_CODE);
        return (light(value * TEN_BITS) - black) / (1 - black);
    }

    private static double light(double code) {
        return StrictMath.pow(10, (code - WHITE_CODE) * DENSITY_A_CODE / NEGATIVE_GAMMA);
    }
}

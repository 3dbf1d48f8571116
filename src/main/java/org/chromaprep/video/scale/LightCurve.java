package org.chromaprep.video.scale;

import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.colour.Srgb;

/**
 * How a stream's red, green and blue numbers become linear light.
 *
 * <p>Streams of BT.601, BT.709 and BT.2020 are read by sRGB's curve, not by the inverse of the camera's: that is how
 * computers show them, and what a colour target must be so that {@code lab2rgb} of it gives the film's own numbers back.
 */
public enum LightCurve {
    SRGB,
    GAMMA_22,
    GAMMA_28,
    LINEAR;

    /** Intervals of the table; a multiple of 255, so that numbers of 8 bits are exact. */
    private static final int STEPS = 255 * 16;

    private final double[] table = new double[STEPS + 2];

    LightCurve() {
        for (var i = 0; i < table.length; i++) {
            table[i] = exact((double) i / STEPS);
        }
    }

    private double exact(double value) {
        return switch (ordinal()) {
            case 0 -> Srgb.light(value);
            case 1 -> StrictMath.pow(value, 2.2);
            case 2 -> StrictMath.pow(value, 2.8);
            default -> value;
        };
    }

    /** Whether a stream's transfer, as FFmpeg numbers it, has a curve here: none has a range beyond white. */
    public static boolean isKnown(int transfer) {
        return transfer != avutil.AVCOL_TRC_SMPTE2084
                && transfer != avutil.AVCOL_TRC_ARIB_STD_B67
                && transfer != avutil.AVCOL_TRC_LOG
                && transfer != avutil.AVCOL_TRC_LOG_SQRT
                && transfer != avutil.AVCOL_TRC_SMPTE428;
    }

    /** The curve of a stream's transfer, as FFmpeg numbers it; sRGB's where none is given or known. */
    static LightCurve of(int transfer) {
        return transfer == avutil.AVCOL_TRC_GAMMA22
                ? GAMMA_22
                : transfer == avutil.AVCOL_TRC_GAMMA28 ? GAMMA_28 : transfer == avutil.AVCOL_TRC_LINEAR ? LINEAR : SRGB;
    }

    /**
     * Light, 0 to 1, within 1e-7.
     *
     * @param value what the stream has, 0 to 1
     */
    double light(double value) {
        var at = value * STEPS;
        var below = (int) at;
        return table[below] + (at - below) * (table[below + 1] - table[below]);
    }

    /**
     * The number of a light: the inverse of {@link #light}.
     *
     * @param light 0 to 1
     */
    double number(double light) {
        return switch (this) {
            case SRGB -> light <= 0.04045 / 12.92 ? light * 12.92 : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
            case GAMMA_22 -> StrictMath.pow(light, 1 / 2.2);
            case GAMMA_28 -> StrictMath.pow(light, 1 / 2.8);
            case LINEAR -> light;
        };
    }
}

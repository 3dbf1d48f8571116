package org.chromaprep.video.scale;

import org.chromaprep.colour.CieLab;
import org.chromaprep.video.ffmpeg.ColourFacts;

/**
 * From red, green and blue to CIE 1976 L*a*b* under D65 (IEC 61966-2-1, ITU-R BT.2020, CIE 15). Immutable.
 *
 * @param curve from numbers to light
 * @param wideGamut whether the primaries are BT.2020's rather than BT.709's
 */
record LabConversion(LightCurve curve, boolean wideGamut) {

    /** Light of red, green, blue to X, Y, Z over the white's, row by row. */
    private static final double[] BT709 = {
        0.4124564 / CieLab.WHITE_X,
        0.3575761 / CieLab.WHITE_X,
        0.1804375 / CieLab.WHITE_X,
        0.2126729,
        0.7151522,
        0.0721750,
        0.0193339 / CieLab.WHITE_Z,
        0.1191920 / CieLab.WHITE_Z,
        0.9503041 / CieLab.WHITE_Z
    };

    private static final double[] BT2020 = {
        0.6369580 / 0.9504559,
        0.1446169 / 0.9504559,
        0.1688810 / 0.9504559,
        0.2627002,
        0.6779981,
        0.0593017,
        0,
        0.0280727 / 1.0890578,
        1.0609851 / 1.0890578
    };

    static LabConversion of(ColourFacts colour) {
        return new LabConversion(LightCurve.of(colour.transfer()), colour.wideGamut());
    }

    /**
     * Converts one colour.
     *
     * @param red 0 to 1, as the others
     * @param lab receives L*, a*, b*
     */
    void convert(double red, double green, double blue, float[] lab) {
        var matrix = matrix();
        var r = curve.light(red);
        var g = curve.light(green);
        var b = curve.light(blue);
        var x = CieLab.compressed(matrix[0] * r + matrix[1] * g + matrix[2] * b);
        var y = CieLab.compressed(matrix[3] * r + matrix[4] * g + matrix[5] * b);
        var z = CieLab.compressed(matrix[6] * r + matrix[7] * g + matrix[8] * b);
        lab[0] = (float) (116 * y - 16);
        lab[1] = (float) (500 * (x - y));
        lab[2] = (float) (200 * (y - z));
    }

    /** Light of red, green, blue to X, Y, Z over the white's, row by row: the array itself. */
    double[] matrix() {
        return wideGamut ? BT2020 : BT709;
    }
}

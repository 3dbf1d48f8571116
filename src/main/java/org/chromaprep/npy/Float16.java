package org.chromaprep.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;

/**
 * IEEE 754 binary16 ("half") numbers as the 16 bits in a {@code short}.
 *
 * <p>Floats become halves by rounding to nearest, ties to even, subnormal halves included. NaN stays NaN (quiet, sign
 * and upper payload kept). What would overflow, infinities too, becomes the largest half, +-65504, and is counted.
 */
public final class Float16 {
    /** The largest finite half. */
    public static final float MAX_VALUE = 65504f;

    private static final int BLOCK = 1024;
    private static final int SIGN = 0x8000;
    private static final int MAX_HALF = 0x7bff;
    private static final int QUIET_NAN = 0x7e00;
    private static final int INFINITY = 0x7f800000;
    private static final int SMALLEST_NORMAL_HALF = 0x38800000;
    /** The float before 65520, the first that rounds beyond the largest half. */
    private static final int LARGEST_NOT_SATURATED = 0x477fefff;
    /** Its last bit weighs 2^-24 as a subnormal half's does: adding it lets the processor round to that bit. */
    private static final float SUBNORMAL_MAGIC = 0.5f;

    private static final int MAGIC_BITS = Float.floatToRawIntBits(SUBNORMAL_MAGIC);
    /** Float and half exponents differ by 112; a carry out of the fraction moves into the exponent as it should. */
    private static final int EXPONENT_SHIFT = 112 << 23;

    private Float16() {}

    /** The float of the same value; every half has one. */
    public static float toFloat(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        int sign = (half & SIGN) << 16;
        if (exponent == 0) {
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
        }
        int bits = exponent == 0x1f ? INFINITY | fraction << 13 : (exponent << 23) + EXPONENT_SHIFT | fraction << 13;
        return Float.intBitsToFloat(sign | bits);
    }

    /** The half of one float; for many, {@link #fromFloats(FloatBuffer, int, short[], int, int)} is far faster. */
    public static short fromFloat(float value) {
        var half = new short[1];
        fromFloats(new float[] {value}, 0, half, 0, 1);
        return half[0];
    }

    /**
     * Converts floats to halves.
     *
     * @return how many values were saturated
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static long fromFloats(float[] from, int fromIndex, short[] to, int toIndex, int count) {
        return fromFloats(FloatBuffer.wrap(from), fromIndex, ShortBuffer.wrap(to), toIndex, count);
    }

    /**
     * Converts floats to halves.
     *
     * @param from read at absolute indices; its position does not matter and does not move
     * @return how many values were saturated
     * @throws IndexOutOfBoundsException if the buffer or the array is too short
     */
    public static long fromFloats(FloatBuffer from, int fromIndex, short[] to, int toIndex, int count) {
        return fromFloats(from, fromIndex, ShortBuffer.wrap(to), toIndex, count);
    }

    /**
     * Converts floats to halves and writes them little-endian, as NPY files hold them.
     *
     * @param from read at absolute indices; its position does not matter and does not move
     * @param to receives two bytes a number from its position on, which moves behind them; its byte order does not
     *     matter
     * @return how many values were saturated
     * @throws IndexOutOfBoundsException if a buffer is too short
     */
    public static long fromFloats(FloatBuffer from, int fromIndex, ByteBuffer to, int count) {
        var halves = to.slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        long saturated = fromFloats(from, fromIndex, halves, 0, count);
        to.position(to.position() + count * Short.BYTES);
        return saturated;
    }

    private static long fromFloats(FloatBuffer from, int fromIndex, ShortBuffer to, int toIndex, int count) {
        Objects.checkFromIndexSize(fromIndex, count, from.limit());
        Objects.checkFromIndexSize(toIndex, count, to.limit());
        var scratch = new Scratch(Math.min(count, BLOCK));
        long saturated = 0;
        for (int done = 0; done < count; done += BLOCK) {
            int length = Math.min(BLOCK, count - done);
            from.get(fromIndex + done, scratch.floats, 0, length);
            saturated += scratch.convert(length);
            to.put(toIndex + done, scratch.halves, 0, length);
        }
        return saturated;
    }

    /**
     * A block's intermediate numbers. The compiler turns loops into vector instructions only where all their arrays
     * have elements of one size, shifts are constant and nothing branches, and it cannot reinterpret a float's bits in
     * such a loop; so the bits are taken by copying through a byte buffer, and each loop does one kind of thing.
     */
    private static final class Scratch {
        private final float[] floats;
        private final float[] shifted;
        private final int[] bits;
        private final int[] shiftedBits;
        private final short[] halves;
        private final FloatBuffer asFloats;
        private final IntBuffer asInts;

        Scratch(int length) {
            floats = new float[length];
            shifted = new float[length];
            bits = new int[length];
            shiftedBits = new int[length];
            halves = new short[length];
            var bytes = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.nativeOrder());
            asFloats = bytes.asFloatBuffer();
            asInts = bytes.asIntBuffer();
        }

        int convert(int length) {
            reinterpret(floats, bits, length);
            if (countUnusual(bits, length) == 0) {
                usualToHalves(bits, length);
                narrow(bits, halves, length);
                return 0;
            }
            shift(floats, shifted, length);
            reinterpret(shifted, shiftedBits, length);
            int saturated = countSaturated(bits, length);
            toHalves(bits, shiftedBits, length);
            narrow(bits, halves, length);
            return saturated;
        }

        /** Numbers other than 0 outside the normal halves' range: few blocks of features have one. */
        private static int countUnusual(int[] bits, int length) {
            int count = 0;
            for (int i = 0; i < length; i++) {
                int magnitude = bits[i] & 0x7fffffff;
                int tiny = magnitude - SMALLEST_NORMAL_HALF & ~(magnitude - 1);
                count += (tiny | LARGEST_NOT_SATURATED - magnitude) >>> 31;
            }
            return count;
        }

        private static void usualToHalves(int[] bits, int length) {
            for (int i = 0; i < length; i++) {
                int all = bits[i];
                int magnitude = all & 0x7fffffff;
                bits[i] = all >>> 16 & SIGN | rounded(magnitude) & -magnitude >> 31;
            }
        }

        /** The half of a magnitude in the normal halves' range, to nearest, ties to even. */
        private static int rounded(int magnitude) {
            return magnitude - EXPONENT_SHIFT + 0xfff + (magnitude >> 13 & 1) >> 13;
        }

        private void reinterpret(float[] from, int[] to, int length) {
            asFloats.put(0, from, 0, length);
            asInts.get(0, to, 0, length);
        }

        private static void shift(float[] from, float[] to, int length) {
            for (int i = 0; i < length; i++) {
                to[i] = Math.abs(from[i]) + SUBNORMAL_MAGIC;
            }
        }

        private static int countSaturated(int[] bits, int length) {
            int count = 0;
            for (int i = 0; i < length; i++) {
                int magnitude = bits[i] & 0x7fffffff;
                count += (LARGEST_NOT_SATURATED - magnitude >>> 31) - (INFINITY - magnitude >>> 31);
            }
            return count;
        }

        private static void toHalves(int[] bits, int[] shiftedBits, int length) {
            for (int i = 0; i < length; i++) {
                int all = bits[i];
                int magnitude = all & 0x7fffffff;
                int rounded = rounded(magnitude);
                int subnormal = shiftedBits[i] - MAGIC_BITS;
                int nan = QUIET_NAN | magnitude >> 13 & 0x3ff;
                int small = magnitude - SMALLEST_NORMAL_HALF >> 31;
                int large = MAX_HALF - rounded >> 31;
                int notANumber = INFINITY - magnitude >> 31;
                int number = subnormal & small | (MAX_HALF & large | rounded & ~large) & ~small;
                bits[i] = all >>> 16 & SIGN | nan & notANumber | number & ~notANumber;
            }
        }

        private static void narrow(int[] from, short[] to, int length) {
            for (int i = 0; i < length; i++) {
                to[i] = (short) from[i];
            }
        }
    }
}

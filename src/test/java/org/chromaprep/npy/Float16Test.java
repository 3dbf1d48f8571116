package org.chromaprep.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Float16Test {
    @Test
    void everyHalfIsTheValueThatTheStandardGivesIt() {
        for (int bits = 0; bits < 0x10000; bits++) {
            double expected = valueOf(bits);
            float actual = Float16.toFloat((short) bits);
            if (Double.isNaN(expected)) {
                assertThat(actual).isNaN();
            } else {
                assertThat(Float.floatToRawIntBits(actual)).isEqualTo(Float.floatToRawIntBits((float) expected));
            }
        }
    }

    @Test
    void everyFiniteHalfAndEveryNanComesBackFromItsFloat() {
        var floats = new float[0x10000];
        var halves = new short[0x10000];
        for (int bits = 0; bits < 0x10000; bits++) {
            floats[bits] = Float16.toFloat((short) bits);
        }
        assertThat(Float16.fromFloats(floats, 0, halves, 0, floats.length)).isEqualTo(2);
        for (int bits = 0; bits < 0x10000; bits++) {
            int magnitude = bits & 0x7fff;
            int expected = magnitude == 0x7c00 ? bits & 0x8000 | 0x7bff : magnitude > 0x7c00 ? bits | 0x200 : bits;
            assertThat(halves[bits] & 0xffff).isEqualTo(expected);
        }
    }

    @Test
    void roundsEveryMidpointAndItsNeighboursAsTheReferenceDoes() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            float middle = (float) ((valueOf(bits) + valueOf(bits + 1)) / 2);
            for (float value : new float[] {Math.nextDown(middle), middle, Math.nextUp(middle)}) {
                assertThat(Float16.fromFloat(value) & 0xffff).as("%s", value).isEqualTo(nearest(value));
                assertThat(Float16.fromFloat(-value) & 0xffff).as("%s", -value).isEqualTo(nearest(-value));
            }
        }
    }

    @Property(tries = 3000, seed = "17")
    void anyFloatRoundsAsTheReferenceDoes(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);
        int half = Float16.fromFloat(value) & 0xffff;
        if (Float.isNaN(value)) {
            assertThat(half & 0x7fff).isGreaterThan(0x7c00);
        } else {
            assertThat(half).isEqualTo(nearest(value));
        }
    }

    @Test
    void blocksOfUsualFeaturesAreConvertedAlike() {
        assertBlocksAreConvertedAlike(
                random -> (float) (Math.max(0, random.nextGaussian()) * 300 * (random.nextInt(5) - 1)));
    }

    @Test
    void blocksOfAnyNumbersAreConvertedAlike() {
        assertBlocksAreConvertedAlike(random -> (float) (random.nextGaussian() * Math.pow(10, random.nextInt(14) - 8)));
    }

    private static void assertBlocksAreConvertedAlike(ToDoubleFunction<Random> numbers) {
        var random = new Random(5);
        for (int count : new int[] {0, 1, 7, 1023, 1024, 1025, 5000}) {
            var floats = new float[count + 3];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) numbers.applyAsDouble(random);
            }
            var halves = new short[count + 2];
            var bytes = ByteBuffer.allocate(2 * count + 1).position(1);
            long saturated = Float16.fromFloats(floats, 3, halves, 2, count);
            assertThat(Float16.fromFloats(FloatBuffer.wrap(floats), 3, bytes, count))
                    .isEqualTo(saturated);
            assertThat(bytes.hasRemaining()).isFalse();
            long expectedSaturated = 0;
            for (int i = 0; i < count; i++) {
                assertThat(halves[i + 2] & 0xffff).isEqualTo(nearest(floats[i + 3]));
                assertThat(bytes.order(ByteOrder.LITTLE_ENDIAN).getShort(1 + 2 * i))
                        .isEqualTo(halves[i + 2]);
                expectedSaturated += Math.abs(floats[i + 3]) >= 65520 ? 1 : 0;
            }
            assertThat(saturated).isEqualTo(expectedSaturated);
        }
    }

    @Test
    void overflowAndInfinitiesSaturateAndAreCountedButNanIsNot() {
        var floats = new float[] {
            65504, 65519.996f, 65520, 1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, -0f
        };
        var halves = new short[floats.length];
        assertThat(Float16.fromFloats(floats, 0, halves, 0, floats.length)).isEqualTo(5);
        assertThat(halves).containsExactly(0x7bff, 0x7bff, 0x7bff, 0x7bff, 0xfbff, 0x7bff, 0xfbff, 0x7e00, 0x8000);
    }

    @Test
    void shortArraysAreRefusedBeforeAnythingIsWritten() {
        var halves = new short[3];
        assertThatThrownBy(() -> Float16.fromFloats(new float[] {1, 1, 1, 1}, 0, halves, 0, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(halves).containsOnly(0);
    }

    private static double valueOf(int bits) {
        int exponent = bits >> 10 & 0x1f;
        double fraction = bits & 0x3ff;
        double magnitude = exponent == 0
                ? fraction * Math.pow(2, -24)
                : exponent < 31
                        ? (1 + fraction / 1024) * Math.pow(2, exponent - 15)
                        : fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /** By definition: bisection for the two halves around the value, then the nearer one, or the even one. */
    private static int nearest(float value) {
        double magnitude = Math.abs((double) value);
        int low = 0;
        int high = 0x7bff;
        while (high - low > 1) {
            int middle = low + high >>> 1;
            if (valueOf(middle) <= magnitude) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double below = magnitude - valueOf(low);
        double above = valueOf(high) - magnitude;
        int half = below < above || below == above && low % 2 == 0 ? low : high;
        return Float.floatToRawIntBits(value) < 0 ? half | 0x8000 : half;
    }
}

package org.chromaprep.engine.winograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TransformsTest {
    private static float[][] random(int arrays, int length, SplittableRandom random) {
        var numbers = new float[arrays][length];
        for (var array : numbers) {
            for (var k = 0; k < length; k++) {
                array[k] = (float) random.nextDouble(-1, 1);
            }
        }
        return numbers;
    }

    /** Outputs from inputs by the three transforms, with products in double precision. */
    private static float[][] products(float[][] x, double[] kernel, int length) {
        var transformed = new float[Transforms.PATCH][length];
        Transforms.outermost(transformed[0], x[0], x[2], x[4], 0, length);
        Transforms.inner(transformed[1], transformed[2], x[1], x[2], x[3], x[4], 0, length);
        Transforms.outer(transformed[3], transformed[4], x[1], x[2], x[3], x[4], 0, length);
        Transforms.outermost(transformed[5], x[1], x[3], x[5], 0, length);
        var matrix = Transforms.kernelMatrix();
        for (var i = 0; i < Transforms.PATCH; i++) {
            var factor = matrix[i][0] * kernel[0] + matrix[i][1] * kernel[1] + matrix[i][2] * kernel[2];
            for (var k = 0; k < length; k++) {
                transformed[i][k] = (float) (transformed[i][k] * factor);
            }
        }
        return transformed;
    }

    private static double expected(float[][] x, double[] kernel, int output, int k) {
        return x[output][k] * kernel[0] + x[output + 1][k] * kernel[1] + x[output + 2][k] * kernel[2];
    }

    @Property(tries = 200)
    void fourOutputsAreThoseOfAThreePointCorrelation(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int length) {
        var random = new SplittableRandom(seed);
        var x = random(Transforms.PATCH, length, random);
        double[] kernel = {random.nextDouble(-1, 1), random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
        var outputs = new float[Transforms.TILE][length];

        Transforms.output(outputs, products(x, kernel, length), length);

        for (var i = 0; i < Transforms.TILE; i++) {
            for (var k = 0; k < length; k++) {
                assertThat(outputs[i][k]).isCloseTo((float) expected(x, kernel, i, k), within(5e-6f));
            }
        }
    }

    @Property(tries = 200)
    void rectifiedOutputsHaveTheBiasAndNothingNegative(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int length) {
        var random = new SplittableRandom(seed);
        var x = random(Transforms.PATCH, length, random);
        var bias = random(1, length, random)[0];
        double[] kernel = {random.nextDouble(-1, 1), random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
        var outputs = new float[Transforms.TILE][length];

        Transforms.rectifiedOutput(outputs, products(x, kernel, length), bias, length);

        for (var i = 0; i < Transforms.TILE; i++) {
            for (var k = 0; k < length; k++) {
                assertThat(outputs[i][k])
                        .isCloseTo((float) Math.max(0, expected(x, kernel, i, k) + bias[k]), within(5e-6f));
            }
        }
    }

    @Property(tries = 100)
    void theGreatestOfFourIsFoundPlaceByPlace(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int length) {
        var x = random(4, length, new SplittableRandom(seed));
        var greatest = new float[length];

        Transforms.greatest(greatest, x[0], x[1], x[2], x[3], length);

        for (var k = 0; k < length; k++) {
            var place = k;
            assertThat(greatest[k]).isEqualTo((float)
                    Arrays.stream(x).mapToDouble(array -> array[place]).max().orElseThrow());
        }
    }
}

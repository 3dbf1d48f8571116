package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums over all pixels, from which centroids come. */
class SumPrecisionTest {
    private static final int PIXELS = 224 * 224;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void sumsOverAllPixelsAreRightToOneInTenMillion(int columns) {
        var random = new SplittableRandom(7);
        var fine = RandomMaps.of("fine", 224, 224, 8, random);
        var coarse = RandomMaps.of("coarse", 14, 14, 600, random);
        var sums = new double[columns * 608];
        var ones = new float[columns * PIXELS];
        Arrays.fill(ones, 1);
        new MapHypercolumnMatrix(new Grid(224, 224), List.of(fine, coarse)).transposeTimes(ones, columns, sums);
        for (var i = 0; i < sums.length; i++) {
            var f = i % 608;
            // With half-pixel centres and clamped edges each coarse position counts for 16 x 16 pixels in all.
            var expected = f < 8 ? sum(fine, f) : 256 * sum(coarse, f - 8);
            assertThat(sums[i]).isCloseTo(expected, within(1e-7 * expected));
        }
    }

    private static double sum(FeatureMap map, int channel) {
        var sum = 0.0;
        for (var p = 0; p < map.positions(); p++) {
            sum += map.values().get(p * map.channels() + channel);
        }
        return sum;
    }
}

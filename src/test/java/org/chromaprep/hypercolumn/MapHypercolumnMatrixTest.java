package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapHypercolumnMatrixTest {
    private static final double TOLERANCE = 2e-5;

    private record Case(MapHypercolumnMatrix matrix, StoredMatrix stored, float[] v, float[] w, int columns) {}

    private static Case random(long seed, int height, int width, int layers, int columns) {
        var random = new SplittableRandom(seed);
        var maps = new ArrayList<FeatureMap>();
        for (int i = 0; i < layers; i++) {
            maps.add(RandomMaps.of(
                    "map" + i, random.nextInt(1, 14), random.nextInt(1, 14), random.nextInt(1, 21), random));
        }
        maps.add(RandomMaps.of("same", height, width, 9, random));
        maps.add(RandomMaps.of("fc", 1, 1, 11, random));
        var grid = new Grid(height, width);
        var matrix = new MapHypercolumnMatrix(grid, maps);
        var v = floats(columns * matrix.features(), random);
        var w = floats(columns * grid.pixels(), random);
        return new Case(matrix, StoredMatrix.enlarged(grid, maps), v, w, columns);
    }

    private static float[] floats(int count, SplittableRandom random) {
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @Property(tries = 60)
    void timesEqualsTheStoredMatrix(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 23) int height,
            @ForAll @IntRange(min = 1, max = 23) int width,
            @ForAll @IntRange(max = 3) int layers,
            @ForAll @IntRange(min = 1, max = 5) int columns) {
        var each = random(seed, height, width, layers, columns);
        var planes = new float[columns * each.stored.grid().pixels()];
        each.matrix.times(each.v, columns, planes);
        assertProductEquals(planes, each, columns);
    }

    private static void assertProductEquals(float[] planes, Case each, int columns) {
        for (int j = 0; j < columns; j++) {
            for (int p = 0; p < each.stored.grid().pixels(); p++) {
                var expected = 0.0;
                for (int f = 0; f < each.stored.features(); f++) {
                    expected += each.stored.at(p, f) * each.v[j * each.stored.features() + f];
                }
                assertThat((double) planes[j * each.stored.grid().pixels() + p]).isCloseTo(expected, within(TOLERANCE));
            }
        }
    }

    @Property(tries = 60)
    void transposeTimesEqualsTheStoredMatrix(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 23) int height,
            @ForAll @IntRange(min = 1, max = 23) int width,
            @ForAll @IntRange(max = 3) int layers,
            @ForAll @IntRange(min = 1, max = 5) int columns) {
        var each = random(seed, height, width, layers, columns);
        assertThatTransposeTimesEqualsTheStoredMatrix(each, columns);
    }

    @Property(tries = 60)
    void transposeTimesEqualsTheStoredMatrixWhereMostOfWIsZero(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 3) int columns) {
        var each = random(seed, height, width, 2, columns);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < each.w.length; i++) {
            each.w[i] = random.nextInt(40) == 0 ? each.w[i] : 0;
        }
        assertThatTransposeTimesEqualsTheStoredMatrix(each, columns);
    }

    private static void assertThatTransposeTimesEqualsTheStoredMatrix(Case each, int columns) {
        var sums = new double[columns * each.stored.features()];
        each.matrix.transposeTimes(each.w, columns, sums);
        for (int j = 0; j < columns; j++) {
            for (int f = 0; f < each.stored.features(); f++) {
                var expected = 0.0;
                for (int p = 0; p < each.stored.grid().pixels(); p++) {
                    expected +=
                            each.stored.at(p, f) * each.w[j * each.stored.grid().pixels() + p];
                }
                assertThat(sums[j * each.stored.features() + f]).isCloseTo(expected, within(TOLERANCE * 5));
            }
        }
    }

    @Property(tries = 60)
    void theTwoProductsAreEachOthersTranspose(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 4) int columns) {
        var each = random(seed, height, width, 3, columns);
        var planes = new float[columns * each.stored.grid().pixels()];
        var sums = new double[columns * each.stored.features()];
        each.matrix.times(each.v, columns, planes);
        each.matrix.transposeTimes(each.w, columns, sums);
        var left = IntStream.range(0, planes.length)
                .mapToDouble(i -> (double) planes[i] * each.w[i])
                .sum();
        var right = IntStream.range(0, sums.length)
                .mapToDouble(i -> sums[i] * each.v[i])
                .sum();
        var size = IntStream.range(0, planes.length)
                .mapToDouble(i -> Math.abs((double) planes[i] * each.w[i]))
                .sum();
        assertThat(left).isCloseTo(right, within(1e-6 * size + 1e-5));
    }

    @Property(tries = 60)
    void totalsEqualTheSumsOverTheStoredRows(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 0, max = 7) int columns) {
        var each = random(seed, height, width, 3, Math.max(1, columns));
        var totals = new HypercolumnTotals();
        var planes = new float
                [each.v.length / each.stored.features() * each.stored.grid().pixels()];
        each.matrix.totals(totals, each.v, columns, planes);
        assertProductEquals(planes, each, columns);
        var expectedSquares = 0.0;
        for (int f = 0; f < each.stored.features(); f++) {
            var expected = 0.0;
            var size = 0.0;
            for (int p = 0; p < each.stored.grid().pixels(); p++) {
                expected += each.stored.at(p, f);
                size += Math.abs(each.stored.at(p, f));
                expectedSquares += each.stored.at(p, f) * each.stored.at(p, f);
            }
            assertThat(totals.features()[f]).isCloseTo(expected, within(1e-6 * size + 1e-6));
        }
        assertThat(totals.squares()).isCloseTo(expectedSquares, within(1e-6 * expectedSquares + 1e-6));
        assertLayersEqual(totals, each);
    }

    private static void assertLayersEqual(HypercolumnTotals totals, Case each) {
        var ends = each.matrix.layerEnds();
        var average = new float[each.stored.grid().pixels()];
        totals.average(average);
        assertThat(totals.layers()).isEqualTo(ends.length);
        for (int p = 0; p < each.stored.grid().pixels(); p++) {
            var all = 0.0;
            for (int layer = 0, f = 0; layer < ends.length; layer++) {
                var expected = 0.0;
                for (; f < ends[layer]; f++) {
                    expected += each.stored.at(p, f);
                }
                assertThat((double) totals.layer(layer)[p]).isCloseTo(expected, within(TOLERANCE));
                all += expected;
            }
            assertThat((double) average[p]).isCloseTo(all / each.stored.features(), within(TOLERANCE));
        }
    }

    @Property(tries = 60)
    void timesAtChosenPixelsEqualsTheStoredMatrixThereAndLeavesTheOthers(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(max = 9) int chosen) {
        var each = random(seed, height, width, 3, 1);
        var random = new SplittableRandom(seed);
        var pixels = IntStream.range(0, chosen)
                .map(i -> random.nextInt(height * width))
                .distinct()
                .toArray();
        var plane = new float[height * width];
        Arrays.fill(plane, 77);
        each.matrix.times(each.v, pixels, pixels.length, plane);
        for (int p = 0; p < plane.length; p++) {
            var expected = 0.0;
            for (int f = 0; f < each.stored.features(); f++) {
                expected += each.stored.at(p, f) * each.v[f];
            }
            var pixel = p;
            var isChosen = Arrays.stream(pixels).anyMatch(i -> i == pixel);
            assertThat((double) plane[p]).isCloseTo(isChosen ? expected : 77, within(TOLERANCE));
        }
    }

    @Property(tries = 40)
    void squaredNormsEqualThoseOfTheStoredRows(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 23) int height,
            @ForAll @IntRange(min = 1, max = 23) int width) {
        var each = random(seed, height, width, 3, 1);
        var norms = new double[each.stored.grid().pixels()];
        each.matrix.squaredNorms(norms);
        for (int p = 0; p < each.stored.grid().pixels(); p++) {
            var expected = 0.0;
            for (int f = 0; f < each.stored.features(); f++) {
                expected += each.stored.at(p, f) * each.stored.at(p, f);
            }
            assertThat(norms[p]).isCloseTo(expected, within(1e-5));
        }
    }

    @Property(tries = 40)
    void gatherGivesTheStoredRows(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 23) int height,
            @ForAll @IntRange(min = 1, max = 23) int width) {
        var each = random(seed, height, width, 3, 1);
        var pixels = IntStream.range(0, each.stored.grid().pixels()).toArray();
        var rows = new float[each.stored.values().length];
        each.matrix.gather(pixels, rows);
        for (int i = 0; i < rows.length; i++) {
            assertThat((double) rows[i]).isCloseTo(each.stored.values()[i], within(1e-6));
        }
    }

    @Test
    void productsFollowMapsThatAreRewritten() {
        var map = FeatureMap.allocate("conv1_2", 1, 1, 1);
        var matrix = new MapHypercolumnMatrix(new Grid(1, 2), List.of(map));
        map.values().put(0, 7);
        var planes = new float[2];
        matrix.times(new float[] {2}, 1, planes);
        assertThat(planes).containsExactly(14, 14);
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        var matrix = new MapHypercolumnMatrix(new Grid(2, 2), List.of(FeatureMap.allocate("conv1_2", 2, 2, 3)));
        assertThatThrownBy(() -> matrix.times(new float[2], 1, new float[4]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> matrix.transposeTimes(new float[4], 1, new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> matrix.gather(new int[] {4}, new float[3]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void noFeatureMapIsRefused() {
        assertThatThrownBy(() -> new MapHypercolumnMatrix(new Grid(2, 2), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Maps of several bands: 12 of 160x40 positions at most. */
    private static Case large(long seed, int columns) {
        var random = new SplittableRandom(seed);
        var maps = List.of(
                RandomMaps.of("same", 160, 40, 700, random),
                RandomMaps.of("half", 80, 20, 900, random),
                RandomMaps.of("ragged", 77, 19, 300, random));
        var grid = new Grid(160, 40);
        var matrix = new MapHypercolumnMatrix(grid, maps);
        return new Case(
                matrix,
                StoredMatrix.enlarged(grid, maps),
                floats(columns * matrix.features(), random),
                floats(columns * grid.pixels(), random),
                columns);
    }

    private record Results(
            float[] planes, float[] chosen, double[] sums, float[] totalPlanes, HypercolumnTotals totals) {
        static Results of(Case each) {
            var pixels = each.matrix.grid().pixels();
            var results = new Results(
                    new float[each.columns * pixels],
                    new float[pixels],
                    new double[each.columns * each.matrix.features()],
                    new float[each.columns * pixels],
                    new HypercolumnTotals());
            each.matrix.times(each.v, each.columns, results.planes);
            each.matrix.times(
                    Arrays.copyOf(each.v, each.matrix.features()), new int[] {5, 6, 1000, 6399}, 4, results.chosen);
            each.matrix.transposeTimes(each.w, each.columns, results.sums);
            each.matrix.totals(results.totals, each.v, each.columns, results.totalPlanes);
            return results;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void mapsOfSeveralBandsGiveWhatTheStoredMatrixGives(int columns) {
        var each = large(11, columns);
        var results = Results.of(each);
        assertProductEquals(results.planes, each, columns);
        assertProductEquals(results.totalPlanes, each, columns);
        var expected = new double[columns * each.stored.features()];
        each.stored.transposeTimes(each.w, columns, expected);
        for (var i = 0; i < expected.length; i++) {
            assertThat(results.sums[i])
                    .isCloseTo(
                            expected[i], within(TOLERANCE * each.stored.grid().pixels()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void helpersDoNotChangeABit(int helpers) {
        for (var columns : new int[] {1, 7}) {
            var each = large(12, columns);
            var alone = Results.of(each);
            try (var crew = new Crew(helpers)) {
                each.matrix.use(crew);
                for (var turn = 0; turn < 20; turn++) {
                    var together = Results.of(each);
                    assertThat(together.planes).isEqualTo(alone.planes);
                    assertThat(together.chosen).isEqualTo(alone.chosen);
                    assertThat(together.sums).isEqualTo(alone.sums);
                    assertThat(together.totalPlanes).isEqualTo(alone.totalPlanes);
                    assertThat(together.totals.features()).isEqualTo(alone.totals.features());
                    assertThat(together.totals.squares()).isEqualTo(alone.totals.squares());
                    for (var layer = 0; layer < alone.totals.layers(); layer++) {
                        assertThat(together.totals.layer(layer)).isEqualTo(alone.totals.layer(layer));
                    }
                }
            }
        }
    }
}

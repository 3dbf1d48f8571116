package org.chromaprep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.hypercolumn.RandomMaps;
import org.chromaprep.hypercolumn.StoredMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansTest {
    static Stream<JsonNode> sklearn() throws IOException {
        try (var in = KMeansTest.class.getResourceAsStream("sklearn_kmeans.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("sklearn")
    void doesWhatScikitLearnDoes(JsonNode expected) {
        var x = byFormula(expected);
        var k = expected.get("clusters").intValue();
        var start = new float[k * x.features()];
        x.gather(IntStream.range(0, k).toArray(), start);
        for (var far : expected.get("far")) {
            for (var f = 0; f < x.features(); f++) {
                start[far.intValue() * x.features() + f] += 100;
            }
        }

        var result = cluster(
                x,
                new KMeansSettings(
                        k,
                        expected.get("max_iter").intValue(),
                        expected.get("tol").doubleValue(),
                        0),
                start);

        assertThat(labels(result))
                .containsExactly(IntStream.range(0, x.grid().pixels())
                        .map(i -> expected.get("labels").get(i).intValue())
                        .toArray());
        assertThat(result.iterations()).isEqualTo(expected.get("iterations").intValue());
        var inertia = expected.get("inertia").doubleValue();
        assertThat(result.inertia()).isCloseTo(inertia, within(1e-6 * inertia));
        var sum = 0.0;
        for (var c : result.centroids()) {
            sum += c;
        }
        assertThat(sum).isCloseTo(expected.get("centroidSum").doubleValue(), within(1e-4));
    }

    private static StoredMatrix byFormula(JsonNode c) {
        var columns = c.get("columns").intValue();
        var rows = new float[c.get("rows").intValue() * columns];
        for (var at = 0; at < rows.length; at++) {
            var i = at / columns;
            var f = at % columns;
            var h = (i * 7919L + f * 104729L + c.get("case").intValue() * 31L + 12345) * 2654435761L & 0xFFFFFFFFL;
            h = (h ^ h >>> 15) * 2246822519L & 0xFFFFFFFFL;
            rows[at] = (float) ((h >>> 16) / 65536.0
                    + c.get("spread").doubleValue() * (i % c.get("groups").intValue() * (f + 1) % 5));
        }
        return StoredMatrix.of(columns, rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 64})
    void labelsEqualThoseOfTheTextbook(int clusters) {
        var x = random(40, 50, 11, clusters);
        var start = new float[clusters * x.features()];
        x.gather(IntStream.range(0, clusters).map(i -> i * 29).toArray(), start);

        var result = cluster(x, new KMeansSettings(clusters, 1000, 0, 0), start);
        var expected = new NaiveKMeans(x, start);

        assertThat(labels(result)).containsExactly(expected.labels);
        assertThat(result.iterations()).isEqualTo(expected.iterations);
        assertThat(result.converged()).isTrue();
        assertThat(result.inertia()).isCloseTo(expected.inertia, within(1e-6 * expected.inertia));
        for (var i = 0; i < start.length; i++) {
            assertThat((double) result.centroids()[i])
                    .isCloseTo(expected.centroids[i / x.features()][i % x.features()], within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void twoClustersOfRectifiedMapsGetTheLabelsOfTheTextbookWithFewPixelsLookedAtAgain(long seed) {
        var random = new SplittableRandom(seed);
        var grid = new Grid(48, 64);
        var maps = List.of(
                RandomMaps.of("fine", 48, 64, 5, random),
                RandomMaps.of("coarse", 12, 16, 9, random),
                RandomMaps.of("one", 1, 1, 3, random));
        // Two halves of different brightness, as a film's frames have them:
        // most pixels lie far from the dividing plane.
        for (var map : maps) {
            for (var i = 0; i < map.positions() * map.channels(); i++) {
                var left = i / map.channels() % map.width() < map.width() / 2;
                map.values().put(i, map.values().get(i) + (left ? 0.2f * (i % map.channels() % 3) : 0.7f));
            }
        }
        var x = StoredMatrix.enlarged(grid, maps);
        var start = new float[2 * x.features()];
        x.gather(random.ints(2, 0, grid.pixels()).toArray(), start);
        var result = new Clustering(2, x.features(), grid.pixels());
        var counting = new CountingMatrix(new MapHypercolumnMatrix(grid, maps, true));

        new KMeans(new KMeansSettings(2, 1000, 0, 0), x.features(), grid.pixels()).cluster(counting, start, result);
        var expected = new NaiveKMeans(x, start);

        assertThat(labels(result)).containsExactly(expected.labels);
        assertThat(result.iterations()).isEqualTo(expected.iterations);
        assertThat(result.inertia())
                .isCloseTo(
                        expected.inertia,
                        within(3e-7
                                * Arrays.stream(x.values())
                                        .map(value -> value * value)
                                        .sum()));
        assertThat(counting.wholeProducts).isLessThan(result.iterations());
    }

    @Test
    void labelsInertiaAndSizesBelongToTheReturnedCentroidsWhenIterationsRunOut() {
        var x = random(30, 30, 5, 4);
        var start = new float[4 * 5];
        x.gather(new int[] {0, 1, 2, 3}, start);

        var result = cluster(x, new KMeansSettings(4, 2, 0, 0), start);

        var inertia = 0.0;
        var sizes = new int[4];
        for (var i = 0; i < 900; i++) {
            var distances = new double[4];
            for (var j = 0; j < 4; j++) {
                var centroid = new double[5];
                for (var f = 0; f < 5; f++) {
                    centroid[f] = result.centroids()[j * 5 + f];
                }
                distances[j] = NaiveKMeans.squaredDistance(x, i, centroid);
            }
            var label = result.labels()[i];
            assertThat(distances[label])
                    .isLessThanOrEqualTo(IntStream.range(0, 4)
                                    .mapToDouble(j -> distances[j])
                                    .min()
                                    .orElseThrow()
                            + 1e-9);
            inertia += distances[label];
            sizes[label]++;
        }
        assertThat(result.converged()).isFalse();
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(result.inertia()).isCloseTo(inertia, within(1e-6 * inertia));
        assertThat(result.sizes()).containsExactly(sizes);
    }

    @Test
    void aTieGoesToTheLowerId() {
        var x = StoredMatrix.of(1, 0, 1, 2);

        assertThat(labels(cluster(x, new KMeansSettings(2, 1, 1e9, 0), new float[] {0, 2})))
                .containsExactly(0, 0, 1);
    }

    @Test
    void moreClustersThanDifferentPixelsLeaveTheSurplusEmpty() {
        var x = StoredMatrix.of(2, 0, 0, 0, 0, 1, 1, 1, 1);

        var result = cluster(x, new KMeansSettings(3, 300, 0, 0), new float[] {0, 0, 1, 1, 1, 1});

        assertThat(labels(result)).containsExactly(0, 0, 1, 1);
        assertThat(result.sizes()).containsExactly(2, 2, 0);
        assertThat(result.centroids()).containsExactly(0, 0, 1, 1, 0, 0);
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(result.inertia()).isZero();
    }

    @Test
    void emptyClustersTakeOverTheFarthestPixels() {
        var x = StoredMatrix.of(2, 0, 0, 1, 0, 4, 0, 9, 0);

        var result = cluster(x, new KMeansSettings(3, 300, 0, 0), new float[] {0, 0, 100, 0, 200, 0});

        assertThat(labels(result)).containsExactly(0, 0, 2, 1);
        assertThat(result.centroids()).containsExactly(0.5f, 0, 9, 0, 4, 0);
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(result.inertia()).isEqualTo(0.5);
    }

    @Test
    void anInstanceKeepsNothingOfTheFrameBefore() {
        var settings = new KMeansSettings(3, 300, 1e-4, 0);
        var x = random(20, 20, 4, 3);
        var start = new float[12];
        x.gather(new int[] {5, 6, 7}, start);
        var fresh = cluster(x, settings, start);
        var kMeans = new KMeans(settings, 4, 400);
        var reused = new Clustering(3, 4, 400);
        kMeans.cluster(random(20, 20, 4, 99), start, reused);

        kMeans.cluster(x, start, reused);

        assertThat(reused.labels()).isEqualTo(fresh.labels());
        assertThat(reused.centroids()).isEqualTo(fresh.centroids());
        assertThat(reused.inertia()).isEqualTo(fresh.inertia());
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        var x = StoredMatrix.of(1, 0, Float.NaN, 2);

        assertThatThrownBy(() -> cluster(x, new KMeansSettings(2, 10, 0, 0), new float[] {0, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new KMeansSettings(0, 1, 0, 0)).hasMessageContaining("clusters");
        assertThatThrownBy(() -> new KMeansSettings(257, 1, 0, 0)).hasMessageContaining("256");
        assertThatThrownBy(() -> new KMeansSettings(2, 0, 0, 0)).hasMessageContaining("iteration");
        assertThatThrownBy(() -> new KMeansSettings(2, 1, Double.NaN, 0)).hasMessageContaining("tolerance");
        assertThatThrownBy(() -> new KMeans(new KMeansSettings(5, 1, 0, 0), 3, 4))
                .hasMessageContaining("fewer clusters");
    }

    static Clustering cluster(StoredMatrix x, KMeansSettings settings, float[] start) {
        var out = new Clustering(settings.clusters(), x.features(), x.grid().pixels());
        new KMeans(settings, x.features(), x.grid().pixels()).cluster(x, start, out);
        return out;
    }

    static int[] labels(Clustering result) {
        return IntStream.range(0, result.labels().length)
                .map(i -> result.labels()[i] & 0xFF)
                .toArray();
    }

    static StoredMatrix random(int height, int width, int features, long seed) {
        var random = new Random(seed);
        var rows = new float[height * width * features];
        for (var i = 0; i < rows.length; i++) {
            rows[i] = (float) Math.max(0, random.nextGaussian());
        }
        return StoredMatrix.of(new Grid(height, width), features, rows);
    }
}

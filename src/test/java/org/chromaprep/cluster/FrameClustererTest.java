package org.chromaprep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.chromaprep.cluster.FrameClusterer.Mode;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.StoredMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameClustererTest {
    private static final Grid GRID = new Grid(12, 15);
    private static final int FEATURES = 6;
    private static final KMeansSettings SETTINGS = new KMeansSettings(3, 300, 1e-4, 7);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6})
    void aRunCutAnywhereAndResumedGivesTheSameBytes(int cut) {
        var whole = run(clusterer(Mode.TEMPORAL), 0, 8);
        var first = clusterer(Mode.TEMPORAL);
        run(first, 0, cut);
        var snapshot = first.snapshot();
        run(first, cut, 8);
        var second = clusterer(Mode.TEMPORAL);

        second.restore(snapshot);

        assertThat(snapshot)
                .hasValueSatisfying(state -> assertThat(state.frame()).isEqualTo(cut - 1));
        assertSame(run(second, cut, 8), whole.subList(cut, 8));
    }

    @Test
    void independentFramesDependOnSeedAndFrameOnly() {
        var whole = run(clusterer(Mode.INDEPENDENT), 0, 8);

        assertSame(run(clusterer(Mode.INDEPENDENT), 5, 8), whole.subList(5, 8));
        assertThat(clusterer(Mode.INDEPENDENT).snapshot()).isEmpty();
    }

    @Test
    void insideASceneAFrameStartsFromTheFrameBefore() {
        var clusterer = clusterer(Mode.TEMPORAL);
        var results = run(clusterer, 0, 2);

        var expected = KMeansTest.cluster(frame(1), SETTINGS, results.get(0).centroids());

        assertThat(results.get(1).labels()).isEqualTo(expected.labels());
        assertThat(results.get(1).centroids()).isEqualTo(expected.centroids());
        assertThat(results.get(1).iterations()).isEqualTo(expected.iterations());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void idsStayWithWhatTheyStoodForAcrossACut(long seed) {
        var clusterer = new FrameClusterer(
                new KMeansSettings(3, 300, 1e-4, seed), Mode.TEMPORAL, Optional.empty(), GRID, FEATURES);
        var before = new Clustering(3, FEATURES, GRID.pixels());
        var after = new Clustering(3, FEATURES, GRID.pixels());

        clusterer.cluster(frame(0), 0, true, before);
        clusterer.cluster(frame(1), 1, true, after);

        assertThat(after.labels()).isEqualTo(before.labels());
        assertThat(Arrays.stream(after.sizes()).sum()).isEqualTo(GRID.pixels());
        assertThat(after.sizes()).isEqualTo(before.sizes());
        for (var j = 0; j < 3; j++) {
            assertThat(after.centroids()[j * FEATURES])
                    .isBetween(before.centroids()[j * FEATURES] - 1, before.centroids()[j * FEATURES] + 1);
        }
    }

    @Test
    void aSceneIsTheSameWhateverSceneCameBefore() {
        var whole = run(clusterer(Mode.TEMPORAL), 0, 8);
        var bySeeds = run(seeded(), 0, 8);

        assertSame(run(clusterer(Mode.TEMPORAL), 5, 8), whole.subList(5, 8));
        assertSame(run(seeded(), 5, 8), bySeeds.subList(5, 8));
    }

    private static FrameClusterer seeded() {
        return new FrameClusterer(SETTINGS, Mode.TEMPORAL, Optional.of(new int[] {2, 1, 0}), GRID, FEATURES);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void aScenesClustersAreNumberedByTheirAverages(long seed) {
        var out = new Clustering(3, FEATURES, GRID.pixels());
        new FrameClusterer(new KMeansSettings(3, 300, 1e-4, seed), Mode.TEMPORAL, Optional.empty(), GRID, FEATURES)
                .cluster(frame(0), 0, true, out);

        for (var pixel = 0; pixel < GRID.pixels(); pixel++) {
            assertThat(out.labels()[pixel]).isEqualTo((byte) (pixel % 3));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void seedPixelsStartTheFirstFrame(Mode mode) {
        var seeds = new int[] {2, 1, 0};
        var out = new Clustering(3, FEATURES, GRID.pixels());
        new FrameClusterer(SETTINGS, mode, Optional.of(seeds), GRID, FEATURES).cluster(frame(0), 0, true, out);

        assertThat(new byte[] {out.labels()[2], out.labels()[1], out.labels()[0]})
                .containsExactly(0, 1, 2);
    }

    @Test
    void wrongSeedPixelsAndStatesAreRefused() {
        assertThatThrownBy(() -> new FrameClusterer(SETTINGS, Mode.TEMPORAL, Optional.of(new int[2]), GRID, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 clusters");
        assertThatThrownBy(
                        () -> new FrameClusterer(SETTINGS, Mode.TEMPORAL, Optional.of(new int[] {0, 1, 180}), GRID, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("15x12");
        assertThatThrownBy(() -> clusterer(Mode.TEMPORAL).restore(Optional.of(new ClusterState(3, new float[5]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same layers");
    }

    private static FrameClusterer clusterer(Mode mode) {
        return new FrameClusterer(SETTINGS, mode, Optional.empty(), GRID, FEATURES);
    }

    /** Frames from..to-1; scenes begin at frames 0 and 5. */
    private static List<Clustering> run(FrameClusterer clusterer, int from, int to) {
        var results = new ArrayList<Clustering>();
        for (var frame = from; frame < to; frame++) {
            var out = new Clustering(3, FEATURES, GRID.pixels());
            clusterer.cluster(frame(frame), frame, frame % 5 == 0, out);
            results.add(out);
        }
        return results;
    }

    /** Pixels in three groups, far apart, by pixel number modulo 3. */
    private static StoredMatrix frame(int frame) {
        var random = new Random(frame);
        var rows = new float[GRID.pixels() * FEATURES];
        for (var i = 0; i < rows.length; i++) {
            rows[i] = (float) (i / FEATURES % 3 * 5 + random.nextGaussian());
        }
        return StoredMatrix.of(GRID, FEATURES, rows);
    }

    private static void assertSame(List<Clustering> actual, List<Clustering> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (var i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).labels()).isEqualTo(expected.get(i).labels());
            assertThat(actual.get(i).centroids()).isEqualTo(expected.get(i).centroids());
            assertThat(actual.get(i).sizes()).isEqualTo(expected.get(i).sizes());
            assertThat(actual.get(i).inertia()).isEqualTo(expected.get(i).inertia());
            assertThat(actual.get(i).iterations()).isEqualTo(expected.get(i).iterations());
        }
    }
}

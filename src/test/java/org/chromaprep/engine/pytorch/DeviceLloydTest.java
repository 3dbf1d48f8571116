package org.chromaprep.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.FrameClusterer.Mode;
import org.chromaprep.cluster.KMeans;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.cluster.Seeding;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Precision;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.LloydSettings;
import org.chromaprep.hypercolumn.LloydStart;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.hypercolumn.RandomMaps;
import org.chromaprep.hypercolumn.StoredMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** k-means on every device there is, against k-means by products in host memory. */
class DeviceLloydTest {
    private static final Grid GRID = new Grid(40, 56);

    private static Stream<Placement> placements() {
        try {
            Natives.load();
        } catch (EngineException e) {
            throw new TestAbortedException(e.getMessage(), e);
        }
        var devices =
                PytorchEngine.bestDevice() == Device.CUDA ? Stream.of(Device.CPU, Device.CUDA) : Stream.of(Device.CPU);
        return devices.map(device -> new Placement(device, Precision.FP32));
    }

    private interface Check {
        void accept(DeviceMatrix device, HypercolumnMatrix host);
    }

    private static void onEveryDevice(Grid grid, List<FeatureMap> maps, Check check) {
        placements().forEach(placement -> {
            try (var device = DeviceMatrix.of(placement, grid, maps)) {
                check.accept(device, new MapHypercolumnMatrix(grid, maps));
            }
        });
    }

    /** Two layers of the grid's size, two of a coarser one, and one number a frame. */
    private static List<FeatureMap> maps(Grid grid, long seed) {
        var random = new SplittableRandom(seed);
        var maps = new ArrayList<FeatureMap>();
        for (var shape : new int[][] {
            {grid.height(), grid.width(), 7},
            {grid.height() / 4, grid.width() / 4, 9},
            {grid.height() / 4, grid.width() / 4, 5},
            {5, 3, 12},
            {grid.height(), grid.width(), 3},
            {1, 1, 2}
        }) {
            maps.add(RandomMaps.of("map", shape[0], shape[1], shape[2], random));
        }
        return maps;
    }

    private static float[] start(HypercolumnMatrix x, int clusters, SplittableRandom random) {
        var start = new float[clusters * x.features()];
        x.gather(random.ints(0, x.grid().pixels()).distinct().limit(clusters).toArray(), start);
        return start;
    }

    private static Clustering cluster(HypercolumnMatrix x, KMeansSettings settings, float[] start) {
        var result = new Clustering(settings.clusters(), x.features(), x.grid().pixels());
        new KMeans(settings, x.features(), x.grid().pixels()).cluster(x, start, result);
        return result;
    }

    private static void assertSame(Clustering actual, Clustering expected) {
        assertThat(actual.labels()).isEqualTo(expected.labels());
        assertThat(actual.sizes()).isEqualTo(expected.sizes());
        assertThat(actual.iterations()).isEqualTo(expected.iterations());
        assertThat(actual.converged()).isEqualTo(expected.converged());
        assertThat(actual.inertia()).isCloseTo(expected.inertia(), within(1e-5 * expected.inertia()));
        for (int i = 0; i < actual.centroids().length; i++) {
            assertThat(actual.centroids()[i]).isCloseTo(expected.centroids()[i], within(1e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 0",
        "2, 2, 1e-4",
        "3, 3, 0",
        "4, 3, 1e-4",
        "5, 4, 0",
        "6, 5, 1e-4",
        "7, 6, 0",
        "8, 7, 1e-4",
        "9, 8, 0",
        "10, 9, 1e-4"
    })
    void everythingIsAsByProducts(long seed, int clusters, double tolerance) {
        var settings = new KMeansSettings(clusters, 300, tolerance, 0);
        onEveryDevice(GRID, maps(GRID, seed), (device, host) -> {
            var start = start(host, clusters, new SplittableRandom(seed));
            assertSame(cluster(device.matrix(), settings, start), cluster(host, settings, start));
        });
    }

    /** In double precision, on the stored matrix: whole runs of random numbers come to ties, and go different ways from there. */
    @Property(tries = 40)
    void eachPixelGetsTheNearestCentroidUnlessTwoAreAsNear(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int clusters) {
        var maps = maps(GRID, seed);
        var x = StoredMatrix.enlarged(GRID, maps);
        onEveryDevice(GRID, maps, (device, host) -> {
            var result = cluster(
                    device.matrix(),
                    new KMeansSettings(clusters, 1, 0, 0),
                    start(host, clusters, new SplittableRandom(seed)));
            for (int pixel = 0; pixel < GRID.pixels(); pixel++) {
                var distances = new double[clusters];
                for (int j = 0; j < clusters; j++) {
                    for (int f = 0; f < x.features(); f++) {
                        var difference =
                                x.values()[pixel * x.features() + f] - result.centroids()[j * x.features() + f];
                        distances[j] += difference * difference;
                    }
                }
                assertThat(distances[result.labels()[pixel]])
                        .isLessThanOrEqualTo(Arrays.stream(distances).min().orElseThrow() + 1e-5);
            }
        });
    }

    @Test
    void sixtyFourClustersAreDoneThereAndMoreByProducts() {
        onEveryDevice(GRID, maps(GRID, 5), (device, host) -> {
            for (var clusters : List.of(64, 65)) {
                var start = start(host, clusters, new SplittableRandom(5));
                var run = device.matrix().lloyd(new LloydSettings(clusters, 300, 1e-4), new LloydStart.Given(start));
                assertThat(run.isPresent()).isEqualTo(clusters == 64);
                run.ifPresent(each -> each.close());
                var settings = new KMeansSettings(clusters, 300, 1e-4, 0);
                assertSame(cluster(device.matrix(), settings, start), cluster(host, settings, start));
            }
        });
    }

    @Test
    void gridsThatNoMapHasAndMapsThatAllHaveTheGridsSizeAreClusteredAlike() {
        var random = new SplittableRandom(3);
        var coarse = List.of(RandomMaps.of("a", 9, 13, 8, random), RandomMaps.of("b", 30, 20, 4, random));
        var same = List.of(RandomMaps.of("a", 17, 23, 8, random), RandomMaps.of("b", 17, 23, 4, random));
        for (var maps : List.of(coarse, same)) {
            onEveryDevice(new Grid(17, 23), maps, (device, host) -> {
                var settings = new KMeansSettings(3, 300, 0, 0);
                var start = start(host, 3, new SplittableRandom(1));
                assertSame(cluster(device.matrix(), settings, start), cluster(host, settings, start));
            });
        }
    }

    @Test
    void iterationsThatRunOutEndAsTheyDoByProducts() {
        onEveryDevice(GRID, maps(GRID, 8), (device, host) -> {
            var start = start(host, 4, new SplittableRandom(8));
            for (var most : List.of(1, 2, 5, 7)) {
                var settings = new KMeansSettings(4, most, 0, 0);
                var result = cluster(device.matrix(), settings, start);
                assertSame(result, cluster(host, settings, start));
                assertThat(result.iterations()).isEqualTo(most);
                assertThat(result.converged()).isFalse();
            }
        });
    }

    @Test
    void moreIterationsThanAreQueuedAtOnceAreDone() {
        onEveryDevice(GRID, maps(GRID, 9), (device, host) -> {
            var settings = new KMeansSettings(8, 300, 0, 0);
            var start = start(host, 8, new SplittableRandom(9));
            var result = cluster(device.matrix(), settings, start);
            assertThat(result.iterations()).isGreaterThan(20);
            assertSame(result, cluster(host, settings, start));
        });
    }

    @Test
    void aClusterWithoutPixelsTakesOverTheFarthestOneAsByProducts() {
        onEveryDevice(GRID, maps(GRID, 10), (device, host) -> {
            var start = start(host, 3, new SplittableRandom(10));
            Arrays.fill(start, 2 * host.features(), start.length, 1000);
            var settings = new KMeansSettings(3, 300, 1e-4, 0);
            var result = cluster(device.matrix(), settings, start);
            assertThat(result.sizes()[2]).isPositive();
            assertSame(result, cluster(host, settings, start));
        });
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        var maps = maps(GRID, 11);
        maps.get(1).values().put(3, Float.POSITIVE_INFINITY);
        onEveryDevice(GRID, maps, (device, host) -> assertThatThrownBy(() ->
                        cluster(device.matrix(), new KMeansSettings(2, 300, 1e-4, 0), new float[2 * host.features()]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite"));
    }

    @Test
    void aFilmsFramesGetTheSameClustersAndAveragesInBothModes() {
        for (var mode : Mode.values()) {
            onEveryDevice(GRID, maps(GRID, 12), (device, host) -> {
                var settings = new KMeansSettings(3, 300, 1e-4, 7);
                var there = new FrameClusterer(settings, mode, Optional.empty(), GRID, host.features());
                var here = new FrameClusterer(settings, mode, Optional.empty(), GRID, host.features());
                for (int frame = 0; frame < 4; frame++) {
                    var actual = new Clustering(3, host.features(), GRID.pixels());
                    var expected = new Clustering(3, host.features(), GRID.pixels());
                    there.cluster(device.matrix(), frame, frame == 2, actual);
                    here.cluster(host, frame, frame == 2, expected);
                    assertSame(actual, expected);
                    var average = new float[GRID.pixels()];
                    var expectedAverage = new float[GRID.pixels()];
                    there.average(average);
                    here.average(expectedAverage);
                    for (int i = 0; i < average.length; i++) {
                        assertThat(average[i]).isCloseTo(expectedAverage[i], within(1e-6f));
                    }
                }
            });
        }
    }

    @Test
    void aFrameThatGoesOnFromTheOneBeforeSendsNothingAndReceivesOnce() {
        onEveryDevice(GRID, maps(GRID, 13), (device, host) -> {
            var settings = new LloydSettings(2, 300, 1e-4);
            var start = start(host, 2, new SplittableRandom(13));
            var labels = new byte[GRID.pixels()];
            var average = new float[GRID.pixels()];
            device.matrix()
                    .lloyd(settings, new LloydStart.Given(start))
                    .orElseThrow()
                    .await(labels, start, new int[2], average);
            var copies = device.traffic().copies();
            var waits = device.traffic().waits();
            device.matrix()
                    .lloyd(settings, new LloydStart.Given(start))
                    .orElseThrow()
                    .await(labels, start, new int[2], average);
            assertThat(device.traffic().copies() - copies).isEqualTo(1);
            assertThat(device.traffic().waits() - waits).isEqualTo(1);
        });
    }

    @Test
    void startsThatAreDrawnThereAreThoseThatAreDrawnHere() {
        onEveryDevice(GRID, maps(GRID, 15), (device, host) -> {
            for (var clusters : List.of(2, 3, 8, 40)) {
                var seeding = new Seeding(clusters, host.features(), GRID.pixels());
                var norms = new double[GRID.pixels()];
                host.squaredNorms(norms);
                for (int frame = 0; frame < 5; frame++) {
                    var draws = seeding.draws(3, frame);
                    var start = new float[clusters * host.features()];
                    seeding.kMeansPlusPlus(host, norms, draws, start);
                    var labels = new byte[2][GRID.pixels()];
                    var average = new float[GRID.pixels()];
                    // With one iteration, labels are those of the first centroids' means.
                    var settings = new LloydSettings(clusters, 1, 0);
                    device.matrix()
                            .lloyd(settings, draws)
                            .orElseThrow()
                            .await(labels[0], new float[start.length], new int[clusters], average);
                    device.matrix()
                            .lloyd(settings, new LloydStart.Given(start))
                            .orElseThrow()
                            .await(labels[1], new float[start.length], new int[clusters], average);
                    assertThat(labels[0]).isEqualTo(labels[1]);
                }
            }
        });
    }

    @Test
    void aFrameOfItsOwnSendsItsRandomNumbersAndReceivesOnce() {
        onEveryDevice(GRID, maps(GRID, 16), (device, host) -> {
            var seeding = new Seeding(5, host.features(), GRID.pixels());
            for (int frame = 0; frame < 3; frame++) {
                var copies = device.traffic().copies();
                var waits = device.traffic().waits();
                device.matrix()
                        .lloyd(new LloydSettings(5, 10, 0), seeding.draws(0, frame))
                        .orElseThrow()
                        .await(
                                new byte[GRID.pixels()],
                                new float[5 * host.features()],
                                new int[5],
                                new float[GRID.pixels()]);
                assertThat(device.traffic().copies() - copies).isEqualTo(2);
                assertThat(device.traffic().waits() - waits).isEqualTo(1);
            }
        });
    }

    @Test
    void framesThatAreUnderWayTogetherDoNotDisturbEachOther() {
        onEveryDevice(GRID, maps(GRID, 14), (device, host) -> {
            var settings = new KMeansSettings(3, 300, 1e-4, 2);
            var there = new FrameClusterer(settings, Mode.INDEPENDENT, Optional.empty(), GRID, host.features());
            var here = new FrameClusterer(settings, Mode.INDEPENDENT, Optional.empty(), GRID, host.features());
            var begun = IntStream.range(0, 4)
                    .mapToObj(frame -> there.begin(device.matrix(), frame, true))
                    .toList();
            for (var frame : new int[] {2, 0, 3, 1}) {
                var actual = new Clustering(3, host.features(), GRID.pixels());
                var expected = new Clustering(3, host.features(), GRID.pixels());
                there.finish(begun.get(frame), actual);
                here.cluster(host, frame, true, expected);
                assertSame(actual, expected);
            }
        });
    }
}

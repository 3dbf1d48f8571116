package org.chromaprep.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each section against a matrix that is stored and computed in double precision. */
@Tag("slow")
class InspectorTest {
    private static final Map<Normalisation, double[][]> ROWS = new EnumMap<>(Normalisation.class);
    private static final Map<Normalisation, Inspection> FOUND = new EnumMap<>(Normalisation.class);

    @BeforeAll
    static void inspect() {
        for (var normalisation : Normalisation.values()) {
            ROWS.put(
                    normalisation,
                    StoredHypercolumns.of(
                            Samples.weights(),
                            Samples.LAYERS,
                            Samples.luma(Samples.GRID),
                            Samples.GRID,
                            normalisation));
            FOUND.put(normalisation, Samples.inspection("a.png", normalisation));
        }
    }

    private static double product(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(f -> one[f] * other[f])
                .sum();
    }

    private static double squaredDistance(double[] row, float[] centroids, int cluster) {
        return IntStream.range(0, row.length)
                .mapToDouble(f -> row[f] - centroids[cluster * row.length + f])
                .map(d -> d * d)
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Normalisation.class)
    void averagesAreTheMeansOfTheStoredRows(Normalisation normalisation) {
        var rows = ROWS.get(normalisation);

        var found = FOUND.get(normalisation).averages().get(0);

        var most = Arrays.stream(rows)
                .mapToDouble(row -> Arrays.stream(row).average().orElseThrow())
                .max()
                .orElseThrow();
        for (int i = 0; i < rows.length; i++) {
            var expected = Arrays.stream(rows[i]).average().orElseThrow();
            assertThat(found.average().values()[i]).isCloseTo((float) expected, within((float) (1e-5 * most)));
        }
        assertThat(found.layers()).containsExactly("conv1_2", "conv2_2");
        assertThat(found.features()).isEqualTo(192);
    }

    @ParameterizedTest
    @EnumSource(Normalisation.class)
    void similarityIsTheCosineOfTheStoredRows(Normalisation normalisation) {
        var rows = ROWS.get(normalisation);

        var found = FOUND.get(normalisation).similarities().get(0);

        assertThat(found.x()).isEqualTo(31);
        assertThat(found.y()).isEqualTo(7);
        var own = rows[7 * Samples.GRID.width() + 31];
        for (int i = 0; i < rows.length; i++) {
            var expected = product(own, rows[i]) / Math.sqrt(product(own, own) * product(rows[i], rows[i]));
            assertThat(found.cosine().values()[i]).isCloseTo((float) expected, within(1e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource(Normalisation.class)
    void pixelsBelongToTheNearestCentroidAndInertiaIsWhatIsLeft(Normalisation normalisation) {
        var rows = ROWS.get(normalisation);

        var found = FOUND.get(normalisation).clusters();

        assertThat(found.asked()).extracting(Clusters.Partition::k).containsExactly(2, 4);
        for (var partition : found.asked()) {
            var left = 0.0;
            for (int i = 0; i < rows.length; i++) {
                var row = rows[i];
                var nearest = IntStream.range(0, partition.k())
                        .mapToDouble(j -> squaredDistance(row, partition.centroids(), j))
                        .min()
                        .orElseThrow();
                var own = squaredDistance(row, partition.centroids(), partition.labels()[i]);
                assertThat(own).isLessThanOrEqualTo(nearest * (1 + 1e-4));
                left += own;
            }
            assertThat(partition.inertia()).isCloseTo(left, within(1e-5 * left));
            assertThat(Arrays.stream(partition.sizes()).sum()).isEqualTo(rows.length);
        }
        assertThat(found.elbow()).extracting(Clusters.Inertia::k).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(found.elbow().get(1).inertia())
                .isEqualTo(found.asked().get(0).inertia());
    }

    @ParameterizedTest
    @EnumSource(Normalisation.class)
    void samplesAreUncorrelatedAlongTheComponentsWithTheVariancesTold(Normalisation normalisation) {
        var rows = ROWS.get(normalisation);

        var found = FOUND.get(normalisation).embedding();

        var samples = found.samples();
        assertThat(samples).hasSize(400);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b <= a; b++) {
                var one = found.scores().get(a).values();
                var other = found.scores().get(b).values();
                var products = Arrays.stream(samples)
                        .mapToDouble(p -> (double) one[p] * other[p])
                        .sum();
                var covariance = products / (samples.length - 1);
                var expected = a == b ? found.variances()[a] : 0;
                assertThat(covariance).isCloseTo(expected, within(1e-4 * found.variances()[0]));
            }
        }
        assertThat(found.explained()[0]).isCloseTo(found.variances()[0] / totalVariance(rows, samples), within(1e-5));
    }

    private static double totalVariance(double[][] rows, int[] samples) {
        var total = 0.0;
        for (int f = 0; f < rows[0].length; f++) {
            var feature = f;
            var mean = Arrays.stream(samples)
                    .mapToDouble(p -> rows[p][feature])
                    .average()
                    .orElseThrow();
            total += Arrays.stream(samples)
                    .mapToDouble(p -> rows[p][feature] - mean)
                    .map(d -> d * d)
                    .sum();
        }
        return total / (samples.length - 1);
    }

    @ParameterizedTest
    @EnumSource(Normalisation.class)
    void mapsAreTheNetworksOwnWhateverTheNormalisation(Normalisation normalisation) {
        var rows = ROWS.get(Normalisation.NONE);

        var found = FOUND.get(normalisation);

        var most = Arrays.stream(rows)
                .mapToDouble(row -> Arrays.stream(row).max().orElseThrow())
                .max()
                .orElseThrow();
        var chosen = found.maps().get(0);
        assertThat(chosen.map().grid().height()).isEqualTo(19);
        assertThat(chosen.map().grid().width()).isEqualTo(25);
        for (int i = 0; i < rows.length; i++) {
            // Feature 64 + 5 of the hypercolumn is channel 5 of the second layer.
            assertThat(chosen.enlarged().values()[i]).isCloseTo((float) rows[i][69], within((float) (1e-5 * most)));
        }
        var layer = found.layers().get(0);
        assertThat(layer.strongest())
                .hasSize(LayerMaps.STRONGEST)
                .isSortedAccordingTo(Comparator.comparingDouble(channel -> -channel.mean()));
        var first = layer.strongest().get(0);
        var means = IntStream.range(0, 64)
                .mapToDouble(c ->
                        Arrays.stream(rows).mapToDouble(row -> row[c]).average().orElseThrow())
                .toArray();
        assertThat(first.mean()).isCloseTo(Arrays.stream(means).max().orElseThrow(), within(1e-5 * most));
        assertThat(means[first.channel()]).isEqualTo(Arrays.stream(means).max().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(Normalisation.class)
    void withoutTheTopThereIsAReasonInsteadOfPredictions(Normalisation normalisation) {
        var found = FOUND.get(normalisation);

        assertThat(found.predictions()).isEmpty();
        assertThat(found.noPredictions().orElseThrow()).contains("224x224");
        assertThat(found.untrained()).isTrue();
    }
}

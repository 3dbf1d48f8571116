package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalComponentsTest {
    private static final int COMPONENTS = 3;

    /** Samples with one spread along each of a few random directions, the widest first, and an offset. */
    private static float[] samples(int count, int features, long seed) {
        var random = new SplittableRandom(seed);
        var rows = new float[count * features];
        for (var spread : new double[] {9, 5, 2, 0.5}) {
            var direction = random.doubles(features, -1, 1).toArray();
            for (int i = 0; i < count; i++) {
                var at = random.nextDouble(-spread, spread);
                for (int f = 0; f < features; f++) {
                    rows[i * features + f] += (float) (at * direction[f] + spread);
                }
            }
        }
        return rows;
    }

    private static double[][] covariance(float[] rows, int features) {
        var count = rows.length / features;
        var mean = new double[features];
        for (int i = 0; i < rows.length; i++) {
            mean[i % features] += rows[i] / (double) count;
        }
        var covariance = new double[features][features];
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < features; f++) {
                for (int g = 0; g < features; g++) {
                    covariance[f][g] +=
                            (rows[i * features + f] - mean[f]) * (rows[i * features + g] - mean[g]) / (count - 1);
                }
            }
        }
        return covariance;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix)
                .mapToDouble(row -> IntStream.range(0, vector.length)
                        .mapToDouble(f -> row[f] * vector[f])
                        .sum())
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"200, 12", "12, 40"})
    void componentsAreTheCovariancesEigenvectorsWithFewFeaturesAndWithFewSamples(int count, int features) {
        var rows = samples(count, features, 7);

        var found = PrincipalComponents.of(rows, features, COMPONENTS);

        var covariance = covariance(rows, features);
        var total =
                IntStream.range(0, features).mapToDouble(f -> covariance[f][f]).sum();
        assertThat(found.totalVariance()).isCloseTo(total, within(1e-9 * total));
        assertThat(found.variances()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        for (int j = 0; j < COMPONENTS; j++) {
            var component = Arrays.copyOfRange(found.components(), j * features, (j + 1) * features);
            assertThat(Arrays.stream(component).map(c -> c * c).sum()).isCloseTo(1, within(1e-12));
            var image = times(covariance, component);
            for (int f = 0; f < features; f++) {
                assertThat(image[f]).isCloseTo(found.variances()[j] * component[f], within(1e-9 * total));
            }
        }
        // What the three leave over is the fourth spread's, the smallest by far.
        assertThat(Arrays.stream(found.variances()).sum() / total).isGreaterThan(0.98);
    }

    @Test
    void theLargestNumberOfAComponentIsPositive() {
        var found = PrincipalComponents.of(samples(50, 9, 3), 9, COMPONENTS);

        for (int j = 0; j < COMPONENTS; j++) {
            var component = Arrays.copyOfRange(found.components(), j * 9, (j + 1) * 9);
            var greatest = Arrays.stream(component).max().orElseThrow();
            assertThat(greatest)
                    .isGreaterThanOrEqualTo(-Arrays.stream(component).min().orElseThrow());
        }
    }

    @Test
    void samplesThatDifferInOneDirectionHaveOneComponent() {
        var rows = new float[] {1, 2, 3, 2, 4, 6, 3, 6, 9, 5, 10, 15};

        var found = PrincipalComponents.of(rows, 3, COMPONENTS);

        assertThat(found.variances()[0]).isCloseTo(found.totalVariance(), within(1e-9));
        assertThat(found.variances()[1]).isZero();
        assertThat(Arrays.copyOfRange(found.components(), 3, 9)).containsOnly(0);
    }

    @Test
    void equalSamplesHaveNone() {
        var found = PrincipalComponents.of(new float[] {4, 5, 4, 5, 4, 5}, 2, 1);

        assertThat(found.totalVariance()).isZero();
        assertThat(found.components()).containsOnly(0);
    }

    @Test
    void oneSampleAndNumbersThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> PrincipalComponents.of(new float[4], 4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two samples");
        assertThatThrownBy(() -> PrincipalComponents.of(new float[] {1, Float.NaN}, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
    }
}

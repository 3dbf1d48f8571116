package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HypercolumnCovarianceTest {
    private static final Grid GRID = new Grid(12, 10);
    private static final int FEATURES = 70 + 9;
    private static final int FRAMES = 3;
    private static final int COUNT = 5;

    private static List<FeatureMap> maps(long seed) {
        var random = new SplittableRandom(seed);
        return List.of(RandomMaps.of("fine", 12, 10, 70, random), RandomMaps.of("coarse", 3, 5, 9, random));
    }

    /** Rows of all frames, stored in double precision. */
    private static List<double[]> rows() {
        var rows = new ArrayList<double[]>();
        for (var frame = 0; frame < FRAMES; frame++) {
            var stored = StoredMatrix.enlarged(GRID, maps(frame));
            for (var pixel = 0; pixel < GRID.pixels(); pixel++) {
                var row = new double[FEATURES];
                for (var f = 0; f < FEATURES; f++) {
                    row[f] = stored.at(pixel, f);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static PrincipalComponents found() {
        var covariance = new HypercolumnCovariance(FEATURES);
        for (var frame = 0; frame < FRAMES; frame++) {
            covariance.add(new MapHypercolumnMatrix(GRID, maps(frame)));
        }
        assertThat(covariance.pixels()).isEqualTo((long) FRAMES * GRID.pixels());
        return covariance.principal(COUNT);
    }

    @Test
    void theComponentsAreTheEigenvectorsOfTheStoredRowsCovariance() {
        var rows = rows();
        var found = found();
        var covariance = new double[FEATURES][FEATURES];
        for (var f = 0; f < FEATURES; f++) {
            final var feature = f;
            var mean = rows.stream().mapToDouble(row -> row[feature]).average().orElseThrow();
            assertThat(found.mean()[f]).isCloseTo(mean, within(1e-6));
        }
        var total = 0.0;
        for (var row : rows) {
            for (var f = 0; f < FEATURES; f++) {
                for (var g = 0; g < FEATURES; g++) {
                    covariance[f][g] += (row[f] - found.mean()[f]) * (row[g] - found.mean()[g]) / (rows.size() - 1);
                }
            }
        }
        for (var f = 0; f < FEATURES; f++) {
            total += covariance[f][f];
        }
        assertThat(found.totalVariance()).isCloseTo(total, within(1e-5 * total));
        assertThat(found.variances()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        for (var j = 0; j < COUNT; j++) {
            for (var f = 0; f < FEATURES; f++) {
                var image = 0.0;
                for (var g = 0; g < FEATURES; g++) {
                    image += covariance[f][g] * found.components()[j * FEATURES + g];
                }
                assertThat(image)
                        .isCloseTo(found.variances()[j] * found.components()[j * FEATURES + f], within(1e-5 * total));
            }
        }
    }

    @Test
    void framesMayBeAddedUpApart() {
        var total = new HypercolumnCovariance(FEATURES);
        var own = new HypercolumnCovariance(FEATURES);
        for (var frame = 0; frame < FRAMES; frame++) {
            own.clear();
            own.add(new MapHypercolumnMatrix(GRID, maps(frame)));
            total.add(own);
        }
        var found = total.principal(COUNT);
        assertThat(found.variances()).isEqualTo(found().variances());
        assertThat(found.components()).isEqualTo(found().components());
        assertThat(total.pixels()).isEqualTo((long) FRAMES * GRID.pixels());
        assertThatThrownBy(() -> total.add(new HypercolumnCovariance(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same layers");
    }

    @Test
    void aProjectionIsTheCentredRowsTimesTheComponents() {
        var found = found();
        var directions = new float[COUNT * FEATURES];
        for (var i = 0; i < directions.length; i++) {
            directions[i] = (float) found.components()[i];
        }
        var planes = new float[COUNT * GRID.pixels()];
        new Projection(found.mean(), directions).apply(new MapHypercolumnMatrix(GRID, maps(0)), planes);
        var rows = rows();
        for (var j = 0; j < COUNT; j++) {
            for (var pixel = 0; pixel < GRID.pixels(); pixel++) {
                var wanted = 0.0;
                for (var f = 0; f < FEATURES; f++) {
                    wanted += (rows.get(pixel)[f] - found.mean()[f]) * found.components()[j * FEATURES + f];
                }
                assertThat(planes[j * GRID.pixels() + pixel]).isCloseTo((float) wanted, within(1e-4f));
            }
        }
    }

    @Test
    void tooManyFeaturesAndTooFewPixelsAreRefused() {
        assertThatThrownBy(() -> new HypercolumnCovariance(12_416))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fc6");
        assertThatThrownBy(() -> new HypercolumnCovariance(4).principal(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two pixels");
        assertThatThrownBy(() -> new HypercolumnCovariance(4).add(new MapHypercolumnMatrix(GRID, maps(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same layers");
    }
}

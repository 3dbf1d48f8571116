package org.chromaprep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.chromaprep.hypercolumn.StoredMatrix;
import org.junit.jupiter.api.Test;

class SeedingTest {
    @Test
    void everyStartIsADifferentPixelOfItsGroup() {
        var rows = new float[8 * 40];
        for (var i = 0; i < rows.length; i++) {
            rows[i] = i % 8 * 100 + i / 8 * 0.01f;
        }
        var x = StoredMatrix.of(1, rows);
        for (var frame = 0; frame < 50; frame++) {
            var groups = new HashSet<Integer>();
            for (var value : start(x, 8, 3, frame)) {
                groups.add(Math.round(value / 100));
            }
            assertThat(groups).hasSize(8);
        }
    }

    @Test
    void theStartDependsOnSeedAndFrameOnly() {
        var x = KMeansTest.random(20, 20, 3, 1);

        assertThat(start(x, 5, 1, 2)).isEqualTo(start(x, 5, 1, 2));
        assertThat(start(x, 5, 1, 2)).isNotEqualTo(start(x, 5, 1, 3));
        assertThat(start(x, 5, 1, 2)).isNotEqualTo(start(x, 5, 2, 1));
    }

    @Test
    void theFirstPixelIsDrawnUniformly() {
        var x = StoredMatrix.of(1, 0, 1, 2, 3);
        var counts = new int[4];
        IntStream.range(0, 4000).forEach(frame -> counts[(int) start(x, 1, 0, frame)[0]]++);

        assertThat(Arrays.stream(counts)).allMatch(count -> count > 900 && count < 1100);
    }

    @Test
    void aFrameOfOneColourStillGivesStarts() {
        assertThat(start(StoredMatrix.of(1, 3, 3, 3, 3), 3, 0, 0)).containsExactly(3, 3, 3);
    }

    private static float[] start(StoredMatrix x, int clusters, long seed, long frame) {
        var norms = new double[x.grid().pixels()];
        x.squaredNorms(norms);
        var start = new float[clusters * x.features()];
        var seeding = new Seeding(clusters, x.features(), x.grid().pixels());
        seeding.kMeansPlusPlus(x, norms, seeding.draws(seed, frame), start);
        return start;
    }
}

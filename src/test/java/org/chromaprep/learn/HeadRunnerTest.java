package org.chromaprep.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.hypercolumn.RandomMaps;
import org.chromaprep.hypercolumn.StoredMatrix;
import org.chromaprep.learn.Target.Regression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadRunnerTest {
    private static final Regression TARGET = new Regression(3, -7);

    private static List<FeatureMap> maps(int height, int width, long seed) {
        var random = new SplittableRandom(seed);
        return List.of(
                RandomMaps.of("conv1_2", height, width, 16, random),
                RandomMaps.of("conv2_2", (height + 1) / 2, (width + 1) / 2, 24, random),
                RandomMaps.of("conv3_3", (height + 3) / 4, (width + 3) / 4, 40, random));
    }

    @ParameterizedTest
    @CsvSource({"32,32", "45,61", "3,1500", "70,2"})
    void coloursAsADoublePrecisionHeadOnStoredHypercolumnsDoes(int height, int width) {
        var grid = new Grid(height, width);
        var maps = maps(height, width, 1);
        var stored = StoredMatrix.enlarged(grid, maps);
        var head = Heads.random(80, 64, TARGET, 2);
        var naive = new NaiveHead(head);
        var ab = new float[2 * grid.pixels()];

        new HeadRunner(List.of(head), grid)
                .run(new MapHypercolumnMatrix(grid, maps, true), ab, new float[grid.pixels()]);

        var largest = 0.0;
        var farthest = 0.0;
        for (int i = 0; i < grid.pixels(); i++) {
            var outputs = naive.outputs(stored, i);
            for (int c = 0; c < 2; c++) {
                var wanted = outputs[c] * Regression.SCALE + (c == 0 ? TARGET.meanA() : TARGET.meanB());
                largest = Math.max(largest, Math.abs(wanted));
                farthest = Math.max(farthest, Math.abs(wanted - ab[2 * i + c]));
            }
        }
        assertThat(farthest).isLessThan(1e-5 * largest);
    }

    @Test
    void tellsTheHeadsMeanAndHowFarTheyAreFromIt() {
        var grid = new Grid(20, 24);
        var maps = maps(20, 24, 3);
        var stored = StoredMatrix.enlarged(grid, maps);
        var heads = List.of(
                Heads.random(80, 64, TARGET, 4), Heads.random(80, 64, TARGET, 5), Heads.random(80, 64, TARGET, 6));
        var ab = new float[2 * grid.pixels()];
        var disagreement = new float[grid.pixels()];

        new HeadRunner(heads, grid).run(new MapHypercolumnMatrix(grid, maps, true), ab, disagreement);

        for (int i = 0; i < grid.pixels(); i++) {
            var pixel = i;
            var variance = 0.0;
            for (int c = 0; c < 2; c++) {
                var channel = c;
                var each = heads.stream()
                        .map(NaiveHead::new)
                        .mapToDouble(head -> head.outputs(stored, pixel)[channel] * Regression.SCALE
                                + (channel == 0 ? TARGET.meanA() : TARGET.meanB()))
                        .toArray();
                var mean = (each[0] + each[1] + each[2]) / 3;
                for (var one : each) {
                    variance += (one - mean) * (one - mean) / 2;
                }
                assertThat(ab[2 * i + c]).isCloseTo((float) mean, within(1e-4f));
            }
            assertThat(disagreement[i]).isCloseTo((float) Math.sqrt(variance / 2), within(1e-4f));
        }
    }

    @Test
    void doesNotDisagreeWithItself() {
        var grid = new Grid(20, 24);
        var head = Heads.random(80, 64, TARGET, 4);
        var disagreement = new float[grid.pixels()];

        new HeadRunner(List.of(head, head), grid)
                .run(new MapHypercolumnMatrix(grid, maps(20, 24, 3), true), new float[2 * grid.pixels()], disagreement);

        assertThat(disagreement).containsOnly(0);
    }

    @Test
    void refusesFramesThatItsHeadsDoNotKnow() {
        var grid = new Grid(20, 24);
        var runner = new HeadRunner(List.of(Heads.random(79, 64, TARGET, 4)), grid);
        var matrix = new MapHypercolumnMatrix(grid, maps(20, 24, 3), true);

        assertThatThrownBy(() -> runner.run(matrix, new float[2 * grid.pixels()], new float[grid.pixels()]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("79");
    }
}

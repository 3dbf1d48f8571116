package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BilinearTest {
    @Property(tries = 60, seed = "1")
    void shrinkingHasTheSameWeightsAsEnlarging(
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(min = 1, max = 20) int gridHeight,
            @ForAll @IntRange(min = 1, max = 20) int gridWidth) {
        var grid = new Grid(gridHeight, gridWidth);
        var bilinear = new Bilinear(height, width, grid);
        var enlarged = new float[height * width][grid.pixels()];
        for (var n = 0; n < height * width; n++) {
            var plane = new float[height * width];
            plane[n] = 1;
            bilinear.addEnlarged(plane, 0, enlarged[n], 0);
        }
        for (var p = 0; p < grid.pixels(); p++) {
            var unit = new float[grid.pixels()];
            unit[p] = 1;
            var shrunk = new float[height * width];
            bilinear.shrink(unit, 0, shrunk, 0);
            for (var n = 0; n < shrunk.length; n++) {
                assertThat(shrunk[n]).isEqualTo(enlarged[n][p]);
            }
        }
    }

    @Test
    void doublingMixesThreeQuartersAndOneQuarterAndClampsAtTheEdges() {
        var enlarged = new float[4];
        new Bilinear(1, 2, new Grid(1, 4)).addEnlarged(new float[] {0, 4}, 0, enlarged, 0);
        assertThat(enlarged).containsExactly(0, 1, 3, 4);
    }
}

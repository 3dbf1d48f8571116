package org.chromaprep.pipeline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.pipeline.sample.PixelChoice.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelSamplerTest {
    private static final Grid GRID = new Grid(40, 60);
    private static final int SAMPLES = 200;

    /** Grey, with an upright edge in the middle, and a tenth of the pixels red. */
    private static int[] chosen(Sampling sampling, int margin, long seed, long frame) {
        var luma = new byte[GRID.pixels()];
        var ab = new float[2 * GRID.pixels()];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) (i % 60 < 30 ? 40 : 200);
            ab[2 * i] = i % 60 < 6 ? 60 : 0;
        }
        return new PixelSampler(GRID, new PixelChoice(sampling, margin), SAMPLES, seed, "film")
                .pixels(frame, luma, GridArea.whole(GRID), Optional.of(ab));
    }

    @ParameterizedTest
    @EnumSource(Sampling.class)
    void pixelsAreDifferentInsideTheMarginAndTheSameAgain(Sampling sampling) {
        var pixels = chosen(sampling, 4, 1, 7);
        assertThat(pixels).hasSize(SAMPLES).doesNotHaveDuplicates().isSorted().isEqualTo(chosen(sampling, 4, 1, 7));
        assertThat(pixels).isNotEqualTo(chosen(sampling, 4, 2, 7)).isNotEqualTo(chosen(sampling, 4, 1, 8));
        for (var pixel : pixels) {
            assertThat(pixel % 60).isBetween(4, 55);
            assertThat(pixel / 60).isBetween(4, 35);
        }
    }

    @Test
    void edgesDrawPixels() {
        var near = Arrays.stream(chosen(Sampling.EDGES, 0, 1, 1))
                .filter(i -> i % 60 == 29 || i % 60 == 30)
                .count();
        assertThat(near).isGreaterThanOrEqualTo(70);
    }

    @Test
    void rareColoursAreAsLikelyAsCommonOnes() {
        var red = Arrays.stream(chosen(Sampling.COLOUR, 0, 1, 1))
                .filter(i -> i % 60 < 6)
                .count();
        assertThat(red).isBetween(70L, 130L);
        var evenly = Arrays.stream(chosen(Sampling.RANDOM, 0, 1, 1))
                .filter(i -> i % 60 < 6)
                .count();
        assertThat(evenly).isBetween(5L, 40L);
    }

    @ParameterizedTest
    @EnumSource(Sampling.class)
    void pixelsLieInThePictureAndNotInTheBarsBesideIt(Sampling sampling) {
        var random = new Random(3);
        var luma = new byte[GRID.pixels()];
        var ab = new float[2 * GRID.pixels()];
        var picture = new GridArea(11, 0, new Grid(17, 60));
        for (int i = 0; i < luma.length; i++) {
            if (picture.contains(i, GRID)) {
                luma[i] = (byte) random.nextInt(256);
                ab[2 * i] = random.nextInt(100) - 50;
            }
        }

        var pixels = new PixelSampler(GRID, new PixelChoice(sampling, 2), SAMPLES, 1, "film")
                .pixels(5, luma, picture, Optional.of(ab));

        assertThat(pixels).hasSize(SAMPLES).doesNotHaveDuplicates().isSorted();
        for (var pixel : pixels) {
            assertThat(pixel % 60).isBetween(2, 57);
            assertThat(pixel / 60).isBetween(13, 25);
        }
    }

    @Test
    void filmsOfOneSeedHaveOtherPixels() {
        var picture = GridArea.whole(GRID);
        var one = new PixelSampler(GRID, PixelChoice.EVEN, SAMPLES, 1, "one")
                .pixels(0, new byte[GRID.pixels()], picture, Optional.empty());
        var other = new PixelSampler(GRID, PixelChoice.EVEN, SAMPLES, 1, "other")
                .pixels(0, new byte[GRID.pixels()], picture, Optional.empty());

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void aMarginThatLeavesNothingIsRefused() {
        assertThatThrownBy(() -> chosen(Sampling.GRID, 20, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`sample-margin` 20");
    }
}

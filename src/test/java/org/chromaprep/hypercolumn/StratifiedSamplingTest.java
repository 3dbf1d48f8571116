package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StratifiedSamplingTest {
    @Property(tries = 200)
    void pixelsAreDistinctAndInsideTheGrid(
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 2000) int samples,
            @ForAll long seed) {
        var pixels = new StratifiedSampling(new Grid(height, width), samples, seed).pixels(3);
        assertThat(pixels).hasSize(Math.min(samples, height * width)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(pixels)).allMatch(pixel -> pixel >= 0 && pixel < height * width);
    }

    @Test
    void asManySamplesAsPixelsChooseThemAll() {
        var pixels = new StratifiedSampling(new Grid(7, 5), 99, 1).pixels(0);
        assertThat(Arrays.stream(pixels).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 35).boxed().toList());
    }

    @Test
    void everyQuarterOfThePictureHasItsShare() {
        var grid = new Grid(224, 224);
        var pixels = new StratifiedSampling(grid, 1024, 0).pixels(0);
        var upperLeft = Arrays.stream(pixels)
                .filter(p -> p / 224 < 112 && p % 224 < 112)
                .count();
        assertThat(upperLeft).isEqualTo(256);
    }

    @Test
    void seedAndFrameDecideTheDraw() {
        var grid = new Grid(50, 60);
        assertThat(new StratifiedSampling(grid, 100, 5).pixels(9))
                .isEqualTo(new StratifiedSampling(grid, 100, 5).pixels(9));
        assertThat(new StratifiedSampling(grid, 100, 5).pixels(9))
                .isNotEqualTo(new StratifiedSampling(grid, 100, 5).pixels(8));
        assertThat(new StratifiedSampling(grid, 100, 5).pixels(9))
                .isNotEqualTo(new StratifiedSampling(grid, 100, 6).pixels(9));
    }
}

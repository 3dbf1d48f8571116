package org.chromaprep.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.chromaprep.hypercolumn.Grid;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {
    private static byte[] blobs(long seed, Grid grid, double gain, int noise) {
        var random = new Random(seed);
        var places = random.doubles(120).toArray();
        var grain = new Random(99);
        var luma = new byte[grid.pixels()];
        for (int i = 0; i < luma.length; i++) {
            var x = (i % grid.width() + 0.5) / grid.width();
            var y = (i / grid.width() + 0.5) / grid.height();
            var value = 0.0;
            for (int blob = 0; blob < 40; blob++) {
                var dx = x - places[3 * blob];
                var dy = y - places[3 * blob + 1];
                value += (places[3 * blob + 2] - 0.5) * Math.exp(-120 * (dx * dx + dy * dy));
            }
            luma[i] = (byte) Math.max(0, Math.min(255, 110 + 120 * gain * value + noise * grain.nextGaussian()));
        }
        return luma;
    }

    @Test
    void theSamePictureAtAnotherSizeExposureAndWithGrainDiffersLittle() {
        var small = new Grid(64, 96);
        var large = new Grid(224, 224);
        for (int seed = 0; seed < 20; seed++) {
            var one = new PerceptualHash(small).of(blobs(seed, small, 1, 0));
            var other = new PerceptualHash(large).of(blobs(seed, large, 0.7, 2));
            assertThat(PerceptualHash.distance(one, other)).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void otherPicturesDifferMuch() {
        var grid = new Grid(96, 96);
        var hashes = new PerceptualHash(grid);
        for (int seed = 0; seed < 20; seed++) {
            var one = hashes.of(blobs(seed, grid, 1, 3));
            var other = hashes.of(blobs(seed + 100, grid, 1, 3));
            assertThat(PerceptualHash.distance(one, other)).isGreaterThan(14);
        }
    }
}

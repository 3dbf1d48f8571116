package org.chromaprep.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {
    private static Thumbnail blobs(long seed, double gain, int noise) {
        var random = new Random(seed);
        var places = random.doubles(120).toArray();
        var grain = new Random(99);
        var luma = new byte[Thumbnail.SIDE * Thumbnail.SIDE];
        for (int i = 0; i < luma.length; i++) {
            var x = (i % Thumbnail.SIDE + 0.5) / Thumbnail.SIDE;
            var y = (i / Thumbnail.SIDE + 0.5) / Thumbnail.SIDE;
            var value = 0.0;
            for (int blob = 0; blob < 40; blob++) {
                var dx = x - places[3 * blob];
                var dy = y - places[3 * blob + 1];
                value += (places[3 * blob + 2] - 0.5) * Math.exp(-120 * (dx * dx + dy * dy));
            }
            luma[i] = (byte) Math.max(0, Math.min(255, 110 + 120 * gain * value + noise * grain.nextGaussian()));
        }
        return new Thumbnail(luma);
    }

    @Test
    void theSamePictureAtAnotherExposureAndWithGrainDiffersLittle() {
        var hashes = new PerceptualHash();
        for (int seed = 0; seed < 20; seed++) {
            var one = hashes.of(blobs(seed, 1, 0));
            var other = hashes.of(blobs(seed, 0.7, 2));
            assertThat(PerceptualHash.distance(one, other)).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void otherPicturesDifferMuch() {
        var hashes = new PerceptualHash();
        for (int seed = 0; seed < 20; seed++) {
            var one = hashes.of(blobs(seed, 1, 3));
            var other = hashes.of(blobs(seed + 100, 1, 3));
            assertThat(PerceptualHash.distance(one, other)).isGreaterThan(14);
        }
    }
}

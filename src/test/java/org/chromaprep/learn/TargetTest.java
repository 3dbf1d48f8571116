package org.chromaprep.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.chromaprep.learn.Target.ColourClasses;
import org.chromaprep.learn.Target.HueAndChroma;
import org.chromaprep.learn.Target.Regression;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void numbersBecomeTheColourThatTheyWereMadeOf() {
        var target = Regression.around(new float[] {10, -20, 30, 40});
        var outputs = new float[2];
        target.encode(-12.5f, 77, outputs, 0);
        var ab = new float[2];

        target.decode(outputs, 1, ab, 0);

        assertThat(target).isEqualTo(new Regression(20, 10));
        assertThat(ab[0]).isCloseTo(-12.5f, within(1e-5f));
        assertThat(ab[1]).isCloseTo(77, within(1e-5f));
    }

    /** Zhang et al., equation 5: f_T(z) = exp(log(z) / T) / sum exp(log(z) / T), and the mean of that. */
    @Test
    void classesBecomeTheirAnnealedMean() {
        var random = new SplittableRandom(1);
        var centres = Heads.numbers(2 * 7, -100, 100, random);
        var likelihoods = new double[7];
        var sum = 0.0;
        for (int c = 0; c < 7; c++) {
            likelihoods[c] = random.nextDouble(0.01, 1);
            sum += likelihoods[c];
        }
        var planes = new float[7 * 2];
        for (int c = 0; c < 7; c++) {
            planes[2 * c] = (float) Math.log(likelihoods[c] / sum) + 5;
            planes[2 * c + 1] = c == 3 ? 80 : 0;
        }
        var ab = new float[6];

        new ColourClasses(centres, 0.38f).decode(planes, 2, ab, 2);

        var weights = 0.0;
        var a = 0.0;
        var b = 0.0;
        for (int c = 0; c < 7; c++) {
            var weight = Math.pow(likelihoods[c] / sum, 1 / 0.38);
            weights += weight;
            a += weight * centres[2 * c];
            b += weight * centres[2 * c + 1];
        }
        assertThat(ab[2]).isCloseTo((float) (a / weights), within(1e-3f));
        assertThat(ab[3]).isCloseTo((float) (b / weights), within(1e-3f));
        assertThat(ab[4]).as("a certain class").isCloseTo(centres[6], within(1e-4f));
        assertThat(ab[5]).isCloseTo(centres[7], within(1e-4f));
    }

    @Test
    void certainHueAndChromaBecomeThatColour() {
        var target = new HueAndChroma(32, 128);
        var planes = new float[64];
        // Hue's bin 20 is around (20.5 / 32 * 2 - 1) * 180 = 50.6 degrees, chroma's bin 10 reaches from 40 to 44.
        planes[20] = 50;
        planes[32 + 10] = 50;
        var ab = new float[2];

        target.decode(planes, 1, ab, 0);

        assertThat(Math.hypot(ab[0], ab[1])).isCloseTo(42, within(1e-3));
        assertThat(Math.toDegrees(Math.atan2(ab[1], ab[0]))).isCloseTo(50.625, within(1e-3));
    }

    @Test
    void aHueThatCouldBeAnyFadesToGrey() {
        var ab = new float[2];
        var planes = new float[64];
        planes[32 + 10] = 50;

        new HueAndChroma(32, 128).decode(planes, 1, ab, 0);

        assertThat(Math.hypot(ab[0], ab[1])).isLessThan(1e-3);
    }
}

package org.chromaprep.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RandomWeightsTest {
    @Test
    void theSameSeedGivesTheSameNumbersWhateverTheDepth() {
        var shallow = RandomWeights.of(5, Vgg16.CONV1_2);
        var deep = RandomWeights.of(5, Vgg16.CONV2_2);

        assertThat(shallow.of(Vgg16.CONV1_2).kernel())
                .isEqualTo(deep.of(Vgg16.CONV1_2).kernel());
        assertThat(RandomWeights.of(5, Vgg16.CONV2_2).origin()).isEqualTo(deep.origin());
        assertThat(RandomWeights.of(6, Vgg16.CONV1_2).origin().sha256())
                .isNotEqualTo(shallow.origin().sha256());
    }

    @Test
    void theNumbersHaveTheVarianceOfHe() {
        var kernel = RandomWeights.of(1, Vgg16.CONV3_1).of(Vgg16.CONV3_1).kernel();
        double sum = 0;
        double squares = 0;
        for (float value : kernel) {
            sum += value;
            squares += (double) value * value;
        }

        double variance = 2.0 / (9 * 128);
        // Five standard errors of the mean and of the variance of so many normal numbers.
        assertThat(sum / kernel.length).isCloseTo(0, within(5 * Math.sqrt(variance / kernel.length)));
        assertThat(squares / kernel.length).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / kernel.length)));
    }

    @Test
    void theyAreDeclaredUntrained() {
        var weights = RandomWeights.of(7, Vgg16.POOL1);

        assertThat(weights.origin().kind()).isEqualTo("random");
        assertThat(weights.origin().location()).isEqualTo("random:7");
        assertThat(weights.origin().trained()).isFalse();
        assertThat(weights.missingUpTo(Vgg16.POOL1)).isEmpty();
    }
}

package org.chromaprep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.chromaprep.output.shard.AbBins;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
    private static final Map<String, Long> COUNTS =
            Map.of("0,0", 900L, "10,0", 60L, "-20,30", 25L, "60,50", 10L, "90,-110", 5L);

    private final AbBins bins = new AbBins();

    private float weight(float[] weights, int a, int b) {
        for (var bin = 0; bin < bins.size(); bin++) {
            if (bins.a(bin) == a && bins.b(bin) == b) {
                return weights[bin];
            }
        }
        throw new AssertionError("no class " + a + "," + b);
    }

    /** By {@code rebalancing} of the Python reader. */
    @Test
    void weightsAreThoseThatThePythonReaderGives() {
        var weights = ClassWeights.of(bins, COUNTS, 0.5);
        assertThat(weights).hasSize(261);
        assertThat(weight(weights, 0, 0)).isCloseTo(0.12944148f, within(1e-6f));
        assertThat(weight(weights, 10, 0)).isCloseTo(0.62953979f, within(1e-6f));
        assertThat(weight(weights, -20, 30)).isCloseTo(3.79415083f, within(1e-5f));
        assertThat(weight(weights, 60, 50)).isCloseTo(7.30882502f, within(1e-5f));
        assertThat(weight(weights, -80, 70)).isCloseTo(19.1110420f, within(1e-4f));
    }

    @Test
    void withTheEvenDistributionAloneAllWeighAlike() {
        assertThat(ClassWeights.of(bins, COUNTS, 1)).containsOnly(1f);
    }
}

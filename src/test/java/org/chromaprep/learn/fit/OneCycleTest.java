package org.chromaprep.learn.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneCycleTest {
    /** What PyTorch 2.13's OneCycleLR(optimizer, 3e-3, total_steps=300) gives. */
    @ParameterizedTest
    @CsvSource({
        "0,0.00011999999999999988",
        "1,0.00012089703034275133",
        "45,0.0015854138121261052",
        "88,0.0029991029696572486",
        "89,0.003",
        "90,0.0029998321533867994",
        "200,0.0013655475744807032",
        "298,1.7984661320071206e-07",
        "299,1.2e-08"
    })
    void isPytorchs(int step, double rate) {
        assertThat(new OneCycle(3e-3, 300).valueAt(step, 0)).isCloseTo(rate, within(1e-12));
    }

    @Test
    void staysWhereItEnds() {
        assertThat(new OneCycle(3e-3, 300).clone().valueAt(1000, 0)).isCloseTo(1.2e-8, within(1e-15));
        assertThat(new OneCycle(3e-3, 1).valueAt(0, 0)).isPositive();
    }

    @Test
    void needsARateAndAStep() {
        assertThatThrownBy(() -> new OneCycle(0, 300)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OneCycle(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

package org.chromaprep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    @Test
    void itIsMoreThanWhatRunsWereSeenToTake() {
        var usual = new NativeMemory(List.of("--weights=random"));

        assertThat(usual.megabytes(1)).isBetween(985, 2 * 985);
        assertThat(usual.megabytes(3)).isBetween(1320, 2 * 1320);
        assertThat(new NativeMemory(List.of("--size=448x448")).megabytes(1)).isBetween(1688, 2 * 1688);
    }

    @Test
    void smallPicturesNeedLittleAndFullyConnectedLayersMuch() {
        assertThat(new NativeMemory(List.of("--size=64x64")).megabytes(1)).isBetween(687, 900);
        assertThat(new NativeMemory(List.of("--layers=conv1_1,fc6")).megabytes(1))
                .isGreaterThan(2500);
    }
}

package org.chromaprep.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceBatchTest {
    // The five layers of a 224x224 frame are 24.5 MB.
    @ParameterizedTest
    @CsvSource({
        "224, 80, 32",
        "224, 16, 32",
        "224, 8, 16",
        "224, 4, 8",
        "224, 1, 2",
        "896, 80, 8",
        "896, 16, 2",
        "896, 4, 1"
    })
    void aBatchIsAsLargeAsAQuarterOfTheCardsMemoryAllows(int side, long gibibytes, int batch) {
        var plan = new NetworkPlan(LayerNames.parse(Networks.VGG16, "3,8,15,22,29"), side, side);
        assertThat(DeviceBatch.of(plan, gibibytes << 30)).isEqualTo(batch);
    }
}

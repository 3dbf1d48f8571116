package org.chromaprep.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerNamesTest {
    @Test
    void readsTheIndicesOfTheArticle() {
        assertThat(LayerNames.parse(Networks.VGG16, "3,8,15,22,29"))
                .containsExactly(Vgg16.CONV1_2, Vgg16.CONV2_2, Vgg16.CONV3_3, Vgg16.CONV4_3, Vgg16.CONV5_3);
    }

    @Test
    void givesNetworkOrderWithoutRepetition() {
        assertThat(LayerNames.parse(Networks.VGG16, " fc6, conv1_2,pool1 ,3"))
                .containsExactly(Vgg16.CONV1_2, Vgg16.POOL1, Vgg16.FC6);
    }

    @ParameterizedTest
    @CsvSource({"conv1_3,conv1_", "conv44_3,conv4_3", "Pool5,pool5", "fc9,fc", "block3_conv2,conv3_2", "conv5-1,conv5_1"
    })
    void anUnknownNameIsAnsweredWithTheNearest(String wrong, String nearest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerNames.parse(Networks.VGG16, wrong))
                .withMessageContaining("did you mean " + nearest)
                .withMessageEndingWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|zero-padding|1 (conv1_1)",
                "2|zero-padding|1 (conv1_1) or 3 (conv1_2)",
                "31|flatten|30 (pool5) or 32 (fc6)",
                "33|dropout|32 (fc6) or 34 (fc7)",
                "35|dropout|34 (fc7) or 36 (fc8)"
            })
    void anIndexWithoutAnOutputNamesItsNeighbours(String index, String what, String neighbours) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerNames.parse(Networks.VGG16, index))
                .withMessageContaining(what)
                .withMessageContaining(neighbours);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"37", "99999999999999999999", "''", "conv1_1,,conv1_2", "-1", "3;8"})
    void refusesWhatNamesNoLayer(String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerNames.parse(Networks.VGG16, wrong))
                .withMessageEndingWith(".");
    }
}

package org.chromaprep.vgg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chromaprep.vgg.VggLayer.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    private static List<VggLayer> convolutions(Network network) {
        return network.layers().stream()
                .filter(layer -> layer.kind() == Kind.CONVOLUTION)
                .toList();
    }

    @Test
    void vgg16IsThePapersConfigurationDInTheArticlesKerasModel() {
        assertThat(Networks.VGG16.layers())
                .extracting(VggLayer::layerName)
                .containsExactly(
                        "conv1_1", "conv1_2", "pool1", "conv2_1", "conv2_2", "pool2", "conv3_1", "conv3_2", "conv3_3",
                        "pool3", "conv4_1", "conv4_2", "conv4_3", "pool4", "conv5_1", "conv5_2", "conv5_3", "pool5",
                        "fc6", "fc7", "fc8");
        assertThat(Networks.VGG16.layers())
                .extracting(VggLayer::kerasIndex)
                .containsExactly(1, 3, 4, 6, 8, 9, 11, 13, 15, 16, 18, 20, 22, 23, 25, 27, 29, 30, 32, 34, 36);
        assertThat(convolutions(Networks.VGG16))
                .extracting(VggLayer::channels)
                .containsExactly(64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512);
        assertThat(Vgg16.FC6.kernelLength()).isEqualTo(7 * 7 * 512 * 4096);
        assertThat(Networks.VGG16.layers())
                .filteredOn(layer -> !layer.isRectified())
                .containsExactly(Vgg16.FC8);
    }

    /** The paper's table 2: millions of parameters of configurations D and E. */
    @Test
    void theNetworksHaveAsManyParametersAsThePaperSays() {
        assertThat(parameters(Networks.VGG16)).isEqualTo(138_357_544);
        assertThat(parameters(Networks.VGG19)).isEqualTo(143_667_240);
    }

    private static long parameters(Network network) {
        return network.layers().stream()
                .filter(VggLayer::hasWeights)
                .mapToLong(layer -> (long) layer.kernelLength() + layer.channels())
                .sum();
    }

    @Test
    void vgg19HasSixteenConvolutionsWhichTorchvisionAndKerasNameSo() {
        var convolutions = convolutions(Networks.VGG19);

        assertThat(convolutions)
                .extracting(SafetensorsFile::name)
                .containsExactly(
                        "features.0",
                        "features.2",
                        "features.5",
                        "features.7",
                        "features.10",
                        "features.12",
                        "features.14",
                        "features.16",
                        "features.19",
                        "features.21",
                        "features.23",
                        "features.25",
                        "features.28",
                        "features.30",
                        "features.32",
                        "features.34");
        assertThat(convolutions)
                .extracting(layer -> KerasHdf5File.names(layer).get(0))
                .contains("block3_conv4", "block5_conv4");
        assertThat(Networks.VGG19.last().inputChannels()).isEqualTo(4096);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg16", "vgg19"})
    void theClassifiersLayersAreConvolutionsToo(String name) {
        var network = Networks.byName(name).orElseThrow();
        var convolved = network.convolved();

        assertThat(convolved).extracting(VggLayer::layerName).containsExactly("fc6conv", "fc7conv");
        assertThat(convolved).extracting(VggLayer::side).containsExactly(7, 1);
        assertThat(convolved).extracting(VggLayer::inputChannels).containsExactly(512, 4096);
        assertThat(convolved).extracting(VggLayer::channels).containsExactly(4096, 4096);
        assertThat(convolved).extracting(layer -> layer.mapSize(320)).containsExactly(10, 10);
        for (var layer : convolved) {
            assertThat(network.byName(layer.layerName())).contains(layer);
            assertThat(Networks.of(layer)).isSameAs(network);
            assertThat(layer.numbers().kernelLength()).isEqualTo(layer.kernelLength());
            assertThat(layer.upToHere())
                    .noneMatch(each -> each.kind() == Kind.DENSE)
                    .last()
                    .isSameAs(layer);
        }
        assertThat(convolved.get(1).upToHere())
                .hasSize(network.byName("pool5").orElseThrow().place() + 3)
                .contains(convolved.get(0));
        assertThat(network.layers()).doesNotContainAnyElementsOf(convolved);
    }

    @Test
    void drawnConvolutionsHaveTheNumbersOfTheClassifier() {
        var drawn = RandomWeights.of(3, Vgg16.FC6CONV);

        assertThat(drawn.of(Vgg16.FC6CONV)).isSameAs(drawn.of(Vgg16.FC6));
        assertThat(drawn.missingUpTo(Vgg16.FC7CONV)).containsExactly(Vgg16.FC7);
        assertThat(drawn.origin().sha256())
                .isEqualTo(RandomWeights.of(3, Vgg16.FC6).origin().sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg16", "vgg19"})
    void aLayerKnowsItsNetworkAndWhatMustBeComputedForIt(String name) {
        var network = Networks.byName(name).orElseThrow();

        for (var layer : network.layers()) {
            assertThat(Networks.of(layer)).isSameAs(network);
            assertThat(layer.upToHere()).hasSize(layer.place() + 1).last().isSameAs(layer);
            assertThat(network.byKerasIndex(layer.kerasIndex())).contains(layer);
        }
    }
}

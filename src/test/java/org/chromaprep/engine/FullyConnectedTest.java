package org.chromaprep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/**
 * Layers that read the whole of the map before them, in height, width, channel order. Each is compared with what double
 * precision makes of the engine's own map before it, since convolutions have tests at sizes that take less time.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullyConnectedTest {
    private static final List<VggLayer> LAYERS = List.of(Vgg16.CONV5_3, Vgg16.POOL5, Vgg16.FC6, Vgg16.FC7, Vgg16.FC8);

    private VggWeights weights;

    @BeforeAll
    void drawWeights() {
        weights = NaiveVgg.randomWeights(5, Vgg16.FC8);
    }

    private Engine open(String name, List<VggLayer> layers) {
        return open(name, layers, 224, 224);
    }

    private Engine open(String name, List<VggLayer> layers, int height, int width) {
        try {
            return Engines.open(
                    new EngineChoice(name, "cpu", "fp32", 2), new NetworkPlan(layers, height, width), weights);
        } catch (EngineException e) {
            throw new TestAbortedException(e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "pytorch", "winograd"})
    void fullyConnectedLayersEqualADoublePrecisionForward(String name) {
        try (var engine = open(name, LAYERS);
                var features = engine.newFrameFeatures(new Grid(224, 224));
                var worker = engine.newWorker()) {
            worker.forward(Frames.random(224, 224, 6), features);

            var map = Frames.doubles(features.map(Vgg16.CONV5_3));
            for (var layer : LAYERS.subList(1, LAYERS.size())) {
                var expected = layer.kind() == VggLayer.Kind.POOLING
                        ? NaiveVgg.pooling(layer.channels(), map, 14, 14)
                        : NaiveVgg.dense(weights.of(layer), layer, map);
                assertThat(features.map(layer).positions() * features.map(layer).channels())
                        .isEqualTo(expected.length);
                assertThat(Frames.worstError(features, layer, expected))
                        .as(layer.layerName())
                        .isLessThanOrEqualTo(1e-5);
                map = Frames.doubles(features.map(layer));
            }
            assertThat(Arrays.stream(map).min().orElseThrow())
                    .as("fc8 has no ReLU")
                    .isNegative();
        }
    }

    // Maps smaller than the kernel, and maps in which it lies whole.
    @ParameterizedTest
    @CsvSource({
        "nd4j, 96, 128",
        "nd4j, 288, 256",
        "pytorch, 96, 128",
        "pytorch, 288, 256",
        "winograd, 96, 128",
        "winograd, 288, 256"
    })
    void theirConvolutionsEqualADoublePrecisionForwardAtAnySize(String name, int height, int width) {
        try (var engine = open(name, List.of(Vgg16.POOL5, Vgg16.FC6CONV, Vgg16.FC7CONV), height, width);
                var features = engine.newFrameFeatures(new Grid(height, width));
                var worker = engine.newWorker()) {
            worker.forward(Frames.random(height, width, 7), features);

            var map = Frames.doubles(features.map(Vgg16.POOL5));
            for (var layer : List.of(Vgg16.FC6CONV, Vgg16.FC7CONV)) {
                var expected = NaiveVgg.convolution(weights.of(layer), layer, map, height / 32, width / 32);
                assertThat(features.map(layer).height()).isEqualTo(height / 32);
                assertThat(features.map(layer).width()).isEqualTo(width / 32);
                assertThat(features.map(layer).channels()).isEqualTo(4096);
                assertThat(Frames.worstError(features, layer, expected))
                        .as(layer.layerName())
                        .isLessThanOrEqualTo(1e-5);
                map = Frames.doubles(features.map(layer));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "pytorch", "winograd"})
    void inTheMiddleOfTheMapTheirConvolutionsAreTheClassifiers(String name) {
        var frame = Frames.random(224, 224, 8);
        try (var engine = open(name, List.of(Vgg16.FC6, Vgg16.FC7));
                var convolved = open(name, List.of(Vgg16.FC6CONV, Vgg16.FC7CONV));
                var features = engine.newFrameFeatures(new Grid(224, 224));
                var maps = convolved.newFrameFeatures(new Grid(224, 224));
                var worker = engine.newWorker();
                var convolving = convolved.newWorker()) {
            worker.forward(frame, features);
            convolving.forward(frame, maps);

            assertThat(maps.map(Vgg16.FC6CONV).positions()).isEqualTo(49);
            for (var layer : List.of(Vgg16.FC6CONV, Vgg16.FC7CONV)) {
                var middle = Frames.doubles(maps.map(layer).values().slice(24 * 4096, 4096));
                assertThat(Frames.worstError(features, layer.numbers(), middle))
                        .as(layer.layerName())
                        .isLessThanOrEqualTo(1e-5);
            }
        }
    }
}

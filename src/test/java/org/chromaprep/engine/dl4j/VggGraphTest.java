package org.chromaprep.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.Frames;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.Vgg16;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second opinion on the engines, by a library that was not written with them. */
@Tag("slow")
class VggGraphTest {
    private static final int HEIGHT = 96;
    private static final int WIDTH = 64;

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "pytorch", "winograd"})
    void everyLayerOfAnEngineIsWhatDeepLearning4jComputesFromTheSameWeights(String name) {
        var weights = RandomWeights.of(5, Vgg16.CONV5_3);
        var layers = Vgg16.POOL5.upToHere();
        var frame = Frames.random(HEIGHT, WIDTH, 6);
        var graph = new VggGraph(weights, Vgg16.POOL5, HEIGHT, WIDTH);
        var outputs = graph.forward(VggGraph.input(frame, HEIGHT, WIDTH));
        var plan = new NetworkPlan(layers, HEIGHT, WIDTH);
        try (var engine = Engines.open(new EngineChoice(name, "cpu", "fp32", 1), plan, weights);
                var features = engine.newFrameFeatures(new Grid(HEIGHT, WIDTH));
                var worker = engine.newWorker()) {
            worker.forward(frame, features);
            assertThat(layers).hasSize(18);
            for (var layer : layers) {
                assertThat(Frames.worstError(features, layer, VggGraph.map(outputs, layer)))
                        .as(layer.layerName())
                        .isLessThan(1e-5);
            }
        }
    }
}

package org.chromaprep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Networks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The other network, by every engine that computes on the processor, against the paper's table in double precision. */
@Tag("slow")
class Vgg19Test {
    private static final double CONTRACT = 1e-5;

    @ParameterizedTest
    @CsvSource({"nd4j, 32, 32", "nd4j, 64, 50", "pytorch, 32, 32", "pytorch, 64, 50"})
    void everyLayerEqualsADoublePrecisionForward(String name, int height, int width) throws Exception {
        var deepest = Networks.VGG19.byName("pool5").orElseThrow();
        var layers = deepest.upToHere();
        var weights = NaiveVgg.randomWeights(19, deepest);
        var input = Frames.random(height, width, 3);
        var expected = NaiveVgg.forward(weights, deepest, Frames.doubles(input), height, width);
        var plan = new NetworkPlan(layers, height, width);
        try (var engine = Engines.open(new EngineChoice(name, "cpu", "fp32", 1), plan, weights);
                var features = engine.newFrameFeatures(new Grid(height, width));
                var worker = engine.newWorker()) {
            worker.forward(input, features);
            for (var layer : layers) {
                assertThat(Frames.worstError(features, layer, expected.get(layer)))
                        .as(layer.layerName())
                        .isLessThanOrEqualTo(CONTRACT);
            }
        }
    }
}

package org.chromaprep.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.chromaprep.engine.Frames;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Vgg16;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The copies that a graphics card needs work on a processor too, and are checked there. */
@Tag("slow")
class DeviceArraysTest {
    @Test
    void mapsThatAreCopiedThereAndBackEqualADoublePrecisionForwardFrameAfterFrame() {
        var weights = NaiveVgg.randomWeights(11, Vgg16.CONV3_1);
        var layers = Vgg16.CONV3_1.upToHere();
        try (var engine = new Nd4jEngine(new NetworkPlan(layers, 40, 36), weights, 1, new DeviceArrays());
                var features = engine.newFrameFeatures(new Grid(40, 36));
                var worker = engine.newWorker()) {
            for (var seed = 0; seed < 3; seed++) {
                var input = Frames.random(40, 36, seed);
                var expected = NaiveVgg.forward(weights, Vgg16.CONV3_1, Frames.doubles(input), 40, 36);
                worker.forward(input, features);
                for (var layer : layers) {
                    assertThat(Frames.worstError(features, layer, expected.get(layer)))
                            .as(layer.layerName())
                            .isLessThan(1e-5);
                }
            }
        }
    }
}

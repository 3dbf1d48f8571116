package org.chromaprep.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class Nd4jEngineTest {
    private static FloatBuffer input(int height, int width, long seed) {
        var random = new SplittableRandom(seed);
        var buffer = ByteBuffer.allocateDirect(height * width * 3 * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) random.nextDouble(-120, 150));
        }
        return buffer;
    }

    private static double[] doubles(FloatBuffer buffer) {
        var numbers = new double[buffer.capacity()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = buffer.get(i);
        }
        return numbers;
    }

    private static void assertClose(FrameFeatures features, VggLayer layer, double[] expected) {
        var map = features.map(layer);
        assertThat(map.positions() * map.channels()).isEqualTo(expected.length);
        var most = 0.0;
        var worst = 0.0;
        for (int i = 0; i < expected.length; i++) {
            most = Math.max(most, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(expected[i] - map.values().get(i)));
        }
        assertThat(worst).as("error of %s", layer.layerName()).isLessThanOrEqualTo(1e-5 * most);
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "47, 33", "64, 50"})
    void everyConvolutionAndPoolEqualsADoublePrecisionForward(int height, int width) {
        var weights = NaiveVgg.randomWeights(7, Vgg16.POOL5);
        var layers = Vgg16.POOL5.upToHere();
        var input = input(height, width, 3);
        var expected = NaiveVgg.forward(weights, Vgg16.POOL5, doubles(input), height, width);
        try (Engine engine = new Nd4jEngine(new NetworkPlan(layers, height, width), weights, 1);
                var features = engine.newFrameFeatures(new Grid(height, width));
                var worker = engine.newWorker()) {
            worker.forward(input, features);
            layers.forEach(layer -> assertClose(features, layer, expected.get(layer)));
        }
    }

    @Test
    void layersThatAreNotAskedForDoNotChangeThoseThatAre() {
        var weights = NaiveVgg.randomWeights(8, Vgg16.CONV3_3);
        var input = input(40, 32, 4);
        var expected = NaiveVgg.forward(weights, Vgg16.CONV3_3, doubles(input), 40, 32);
        var layers = List.of(Vgg16.CONV1_2, Vgg16.CONV3_3);
        try (Engine engine = new Nd4jEngine(new NetworkPlan(layers, 40, 32), weights, 1);
                var features = engine.newFrameFeatures(new Grid(40, 32));
                var worker = engine.newWorker()) {
            worker.forward(input, features);
            layers.forEach(layer -> assertClose(features, layer, expected.get(layer)));
            assertThatThrownBy(() -> features.map(Vgg16.CONV2_1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void workersSideBySideComputeWhatOneComputes() {
        var weights = NaiveVgg.randomWeights(9, Vgg16.CONV3_3);
        var plan = new NetworkPlan(List.of(Vgg16.CONV3_3), 48, 48);
        try (Engine engine = new Nd4jEngine(plan, weights, 1)) {
            var tasks = List.of(1L, 2L).stream()
                    .map(seed -> CompletableFuture.runAsync(() -> {
                        var input = input(48, 48, seed);
                        var expected = NaiveVgg.forward(weights, Vgg16.CONV3_3, doubles(input), 48, 48);
                        try (var worker = engine.newWorker();
                                var features = engine.newFrameFeatures(new Grid(48, 48))) {
                            for (int turn = 0; turn < 20; turn++) {
                                worker.forward(input, features);
                                assertClose(features, Vgg16.CONV3_3, expected.get(Vgg16.CONV3_3));
                            }
                        }
                    }))
                    .toList();
            tasks.forEach(CompletableFuture::join);
        }
    }

    @Test
    void theNativesInUseHaveOneDnn() {
        try (Engine engine = new Nd4jEngine(
                new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32), NaiveVgg.randomWeights(1, Vgg16.CONV1_1), 1)) {
            assertThat(engine.description().natives()).contains("nd4j-native");
            assertThat(engine.description().natives().contains("onednn"))
                    .isEqualTo(engine.description().warnings().isEmpty());
            assertThat(engine.description().version()).startsWith("1.0.0");
        }
    }

    @ParameterizedTest
    @CsvSource({"tensorflow, auto, fp32", "nd4j, tpu, fp32", "nd4j, cpu, bf16"})
    void whatNoEngineCanDoIsRefused(String engine, String device, String precision) {
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);
        var weights = NaiveVgg.randomWeights(1, Vgg16.CONV1_1);
        assertThatThrownBy(() -> Engines.open(new EngineChoice(engine, device, precision, 1), plan, weights))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes");
    }
}

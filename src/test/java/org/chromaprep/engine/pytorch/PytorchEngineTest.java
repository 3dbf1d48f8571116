package org.chromaprep.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.Pointer;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Frames;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.engine.nd4j.Nd4jEngine;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggWeights;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class PytorchEngineTest {
    private static final double SINGLE = 1e-5;

    @BeforeAll
    static void needsNatives() {
        Assumptions.assumeTrue(loads(), "libtorch has no natives for this operating system");
    }

    private static boolean loads() {
        try {
            Natives.load();
            return true;
        } catch (EngineException e) {
            return false;
        }
    }

    private static Engine open(NetworkPlan plan, VggWeights weights, Precision precision) {
        return new PytorchEngine(plan, weights, Device.CPU, precision, 1);
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "47, 33", "64, 50"})
    void everyConvolutionAndPoolEqualsADoublePrecisionForward(int height, int width) {
        var weights = NaiveVgg.randomWeights(7, Vgg16.POOL5);
        var layers = Vgg16.POOL5.upToHere();
        var input = Frames.random(height, width, 3);
        var expected = NaiveVgg.forward(weights, Vgg16.POOL5, Frames.doubles(input), height, width);
        try (var engine = open(new NetworkPlan(layers, height, width), weights, Precision.FP32);
                var features = engine.newFrameFeatures(new Grid(height, width));
                var worker = engine.newWorker()) {
            for (int turn = 0; turn < 2; turn++) {
                worker.forward(input, features);
                for (var layer : layers) {
                    assertThat(Frames.worstError(features, layer, expected.get(layer)))
                            .as(layer.layerName())
                            .isLessThanOrEqualTo(SINGLE);
                }
            }
        }
    }

    @Test
    void unfusedConvolutionsEqualFusedOnes() {
        Natives.load();
        var weights = NaiveVgg.randomWeights(11, Vgg16.CONV1_1).of(Vgg16.CONV1_1);
        var placement = new Placement(Device.CPU, Precision.FP32);
        var input = Frames.random(40, 36, 12);
        var expected = NaiveVgg.forward(
                        NaiveVgg.randomWeights(11, Vgg16.CONV1_1), Vgg16.CONV1_1, Frames.doubles(input), 40, 36)
                .get(Vgg16.CONV1_1);
        var operation = new PlainConvolution(
                placement.kernel(Vgg16.CONV1_1, weights.kernel()),
                placement.copyOf(weights.bias(), Vgg16.CONV1_1.channels()));
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_1), 40, 36);
        try (var features = new PytorchFrameFeatures(plan, new Grid(40, 36));
                operation;
                var worker = new PytorchWorker(placement, Map.of(Vgg16.CONV1_1, operation), 40, 36, 1)) {
            worker.forward(input, features);
            assertThat(Frames.worstError(features, Vgg16.CONV1_1, expected)).isLessThanOrEqualTo(SINGLE);
        }
    }

    @Test
    void bf16StaysWithinItsOwnRounding() {
        var weights = NaiveVgg.randomWeights(8, Vgg16.CONV5_3);
        var layers = Vgg16.CONV5_3.upToHere();
        var input = Frames.random(48, 40, 4);
        var expected = NaiveVgg.forward(weights, Vgg16.CONV5_3, Frames.doubles(input), 48, 40);
        Assumptions.assumeTrue(
                OneDnn.open(new Placement(Device.CPU, Precision.BF16)).isPresent(), "no fast bf16 here");
        try (var engine = open(new NetworkPlan(layers, 48, 40), weights, Precision.BF16);
                var features = engine.newFrameFeatures(new Grid(48, 40));
                var worker = engine.newWorker()) {
            worker.forward(input, features);
            assertThat(engine.description().precision()).isEqualTo("bf16");
            for (var layer : layers) {
                // 8 bits of significand round by up to 1/512 twice a layer; the errors add up as random ones do.
                assertThat(Frames.rootMeanSquareError(features, layer, expected.get(layer)))
                        .as(layer.layerName())
                        .isBetween(1e-5, 0.02);
            }
        }
    }

    @Test
    void workersSideBySideComputeWhatOneComputes() {
        var weights = NaiveVgg.randomWeights(9, Vgg16.CONV3_3);
        var plan = new NetworkPlan(List.of(Vgg16.CONV3_3), 48, 48);
        try (var engine = open(plan, weights, Precision.FP32)) {
            var tasks = List.of(1L, 2L).stream()
                    .map(seed -> CompletableFuture.runAsync(() -> {
                        var input = Frames.random(48, 48, seed);
                        var expected = NaiveVgg.forward(weights, Vgg16.CONV3_3, Frames.doubles(input), 48, 48);
                        try (var worker = engine.newWorker();
                                var features = engine.newFrameFeatures(new Grid(48, 48))) {
                            for (int turn = 0; turn < 20; turn++) {
                                worker.forward(input, features);
                                assertThat(Frames.worstError(features, Vgg16.CONV3_3, expected.get(Vgg16.CONV3_3)))
                                        .isLessThanOrEqualTo(SINGLE);
                            }
                        }
                    }))
                    .toList();
            tasks.forEach(CompletableFuture::join);
        }
    }

    @Test
    void bothEnginesLiveInOneProcess() {
        var weights = NaiveVgg.randomWeights(10, Vgg16.CONV2_2);
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_2, Vgg16.CONV2_2), 64, 48);
        var input = Frames.random(64, 48, 1);
        try (var nd4j = new Nd4jEngine(plan, weights, 1);
                var pytorch = open(plan, weights, Precision.FP32);
                var first = nd4j.newFrameFeatures(new Grid(64, 48));
                var second = pytorch.newFrameFeatures(new Grid(64, 48));
                var firstWorker = nd4j.newWorker();
                var secondWorker = pytorch.newWorker()) {
            for (int turn = 0; turn < 3; turn++) {
                firstWorker.forward(input, first);
                secondWorker.forward(input, second);
                for (var layer : plan.layers()) {
                    assertThat(Frames.worstError(second, layer, Frames.doubles(first.map(layer))))
                            .isLessThanOrEqualTo(SINGLE);
                }
            }
        }
    }

    @Test
    void manyForwardsLeaveNothingBehind() {
        var weights = NaiveVgg.randomWeights(2, Vgg16.POOL3);
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_2, Vgg16.POOL3), 64, 64);
        var input = Frames.random(64, 64, 1);
        try (var engine = open(plan, weights, Precision.FP32);
                var features = engine.newFrameFeatures(new Grid(64, 64));
                var worker = engine.newWorker()) {
            for (int turn = 0; turn < 50; turn++) {
                worker.forward(input, features);
            }
            var pointers = Pointer.totalCount();
            var resident = Pointer.physicalBytes();
            for (int turn = 0; turn < 200; turn++) {
                worker.forward(input, features);
            }
            // Fewer, where the collector has taken away what other tests forgot.
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
            // One leaked map of conv1_2 a frame would be 200 MB.
            assertThat(Pointer.physicalBytes() - resident).isLessThan(100L << 20);
        }
    }

    @Test
    void closingGivesEverythingBack() {
        var weights = NaiveVgg.randomWeights(2, Vgg16.POOL2);
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_2), 32, 32);
        open(plan, weights, Precision.FP32).close();
        var pointers = Pointer.totalCount();
        for (int turn = 0; turn < 3; turn++) {
            try (var engine = open(plan, weights, Precision.FP32);
                    var features = engine.newFrameFeatures(new Grid(32, 32));
                    var worker = engine.newWorker()) {
                worker.forward(Frames.random(32, 32, 1), features);
            }
        }
        assertThat(Pointer.totalCount() - pointers).isLessThan(30);
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        var weights = NaiveVgg.randomWeights(1, Vgg16.CONV1_1);
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);
        assertThatThrownBy(() -> open(plan, weights, Precision.FP16))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("`precision` fp32");
        assertThatThrownBy(() -> open(new NetworkPlan(List.of(Vgg16.CONV1_2), 32, 32), weights, Precision.FP32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conv1_2");
        try (var engine = open(plan, weights, Precision.FP32);
                var foreign = new HostFrameFeatures(plan, new Grid(32, 32));
                var worker = engine.newWorker()) {
            assertThatThrownBy(() -> worker.forward(Frames.random(32, 32, 1), foreign))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(engine.description().natives()).startsWith("pytorch ");
            assertThat(engine.description().version()).startsWith("2.");
        }
    }
}

package org.chromaprep.engine.winograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.Frames;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Processor;
import org.chromaprep.engine.pytorch.OneDnn;
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
class WinogradEngineTest {
    private static final double SINGLE = 1e-5;

    @BeforeAll
    static void needsOneDnn() {
        Assumptions.assumeTrue(opens(), "libtorch has no natives with oneDNN for this machine");
    }

    private static boolean opens() {
        try {
            OneDnn.open().close();
            return true;
        } catch (EngineException e) {
            return false;
        }
    }

    private static Engine open(NetworkPlan plan, VggWeights weights, int batch) {
        return new WinogradEngine(plan, weights, 1, OptionalInt.of(batch));
    }

    /** The bits of all maps of some frames. */
    private static List<float[]> maps(Engine engine, List<FloatBuffer> frames) {
        var plan = engine.plan();
        var features = new ArrayList<FrameFeatures>();
        frames.forEach(frame -> features.add(engine.newFrameFeatures(new Grid(plan.height(), plan.width()))));
        try (var worker = engine.newWorker()) {
            for (var from = 0; from < frames.size(); from += engine.batch()) {
                var until = Math.min(frames.size(), from + engine.batch());
                worker.forward(frames.subList(from, until), features.subList(from, until));
            }
        }
        var bits = new ArrayList<float[]>();
        for (var each : features) {
            for (var layer : plan.layers()) {
                var map = each.map(layer);
                var numbers = new float[map.positions() * map.channels()];
                map.values().get(0, numbers);
                bits.add(numbers);
            }
        }
        features.forEach(FrameFeatures::close);
        return bits;
    }

    // Small enough that the deepest layers are computed directly; ragged in
    // tiles, strips and pools; several strips a row.
    @ParameterizedTest
    @CsvSource({"32, 32", "33, 47", "50, 64", "61, 99", "40, 200"})
    void everyConvolutionAndPoolEqualsADoublePrecisionForward(int height, int width) {
        var weights = NaiveVgg.randomWeights(7, Vgg16.POOL5);
        var layers = Vgg16.POOL5.upToHere();
        var inputs = List.of(Frames.random(height, width, 3), Frames.random(height, width, 4));
        try (var engine = open(new NetworkPlan(layers, height, width), weights, 2);
                var first = engine.newFrameFeatures(new Grid(height, width));
                var second = engine.newFrameFeatures(new Grid(height, width));
                var worker = engine.newWorker()) {
            worker.forward(inputs, List.of(first, second));
            var features = List.of(first, second);
            for (var frame = 0; frame < 2; frame++) {
                var expected = NaiveVgg.forward(weights, Vgg16.POOL5, Frames.doubles(inputs.get(frame)), height, width);
                for (var layer : layers) {
                    assertThat(Frames.worstError(features.get(frame), layer, expected.get(layer)))
                            .as(layer.layerName())
                            .isLessThanOrEqualTo(SINGLE);
                }
            }
        }
    }

    @Test
    void mapsOfAllSizesByTransformsEqualADoublePrecisionForward() {
        var weights = NaiveVgg.randomWeights(8, Vgg16.CONV5_2);
        var plan = new NetworkPlan(List.of(Vgg16.CONV4_2, Vgg16.CONV5_2), 193, 210);
        var input = Frames.random(193, 210, 5);
        var expected = NaiveVgg.forward(weights, Vgg16.CONV5_2, Frames.doubles(input), 193, 210);
        try (var engine = open(plan, weights, 2);
                var features = engine.newFrameFeatures(new Grid(193, 210));
                var worker = engine.newWorker()) {
            worker.forward(input, features);
            assertThat(plan.layers()).allMatch(layer -> layer.mapSize(193) >= WinogradNetwork.LEAST_SIDE);
            for (var layer : plan.layers()) {
                assertThat(Frames.worstError(features, layer, expected.get(layer)))
                        .isLessThanOrEqualTo(SINGLE);
            }
        }
    }

    @Test
    void aLayerAskedForAloneIsTheSameAsOneAmongAll() {
        var weights = NaiveVgg.randomWeights(9, Vgg16.CONV4_2);
        var frame = List.of(Frames.random(70, 52, 6));
        try (var engine = open(new NetworkPlan(Vgg16.CONV4_2.upToHere(), 70, 52), weights, 1)) {
            var all = maps(engine, frame);
            for (var layer : Vgg16.CONV4_2.upToHere()) {
                try (var alone = open(new NetworkPlan(List.of(layer), 70, 52), weights, 1)) {
                    assertThat(maps(alone, frame).get(0)).as(layer.layerName()).isEqualTo(all.get(layer.place()));
                }
            }
        }
    }

    @Test
    void batchesDoNotChangeABit() {
        var weights = NaiveVgg.randomWeights(10, Vgg16.CONV5_3);
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_2, Vgg16.CONV3_3, Vgg16.CONV4_3, Vgg16.CONV5_3), 200, 208);
        var frames = IntStream.range(0, 3)
                .mapToObj(seed -> Frames.random(200, 208, seed))
                .toList();
        try (var one = open(plan, weights, 1);
                var two = open(plan, weights, 2);
                var five = open(plan, weights, 5)) {
            var expected = maps(one, frames);
            assertThat(maps(two, frames))
                    .usingElementComparator(WinogradEngineTest::compare)
                    .isEqualTo(expected);
            assertThat(maps(five, frames))
                    .usingElementComparator(WinogradEngineTest::compare)
                    .isEqualTo(expected);
        }
    }

    private static int compare(float[] a, float[] b) {
        return Arrays.compare(a, b);
    }

    @Test
    void workersSideBySideComputeWhatOneComputes() {
        var weights = NaiveVgg.randomWeights(11, Vgg16.CONV4_1);
        var plan = new NetworkPlan(List.of(Vgg16.CONV2_2, Vgg16.CONV4_1), 112, 100);
        try (var engine = open(plan, weights, 2)) {
            var frames = List.of(Frames.random(112, 100, 1), Frames.random(112, 100, 2));
            var expected = maps(engine, frames);
            var tasks = IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> {
                        for (var turn = 0; turn < 5; turn++) {
                            assertThat(maps(engine, frames))
                                    .usingElementComparator(WinogradEngineTest::compare)
                                    .isEqualTo(expected);
                        }
                    }))
                    .toList();
            tasks.forEach(CompletableFuture::join);
        }
    }

    @Test
    void manyForwardsLeaveNothingBehind() {
        var weights = NaiveVgg.randomWeights(2, Vgg16.CONV4_1);
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_2, Vgg16.CONV4_1), 64, 64);
        var input = Frames.random(64, 64, 1);
        try (var engine = open(plan, weights, 2);
                var features = engine.newFrameFeatures(new Grid(64, 64));
                var worker = engine.newWorker()) {
            for (var turn = 0; turn < 30; turn++) {
                worker.forward(input, features);
            }
            var pointers = Pointer.totalCount();
            var resident = Pointer.physicalBytes();
            for (var turn = 0; turn < 200; turn++) {
                worker.forward(input, features);
            }
            // Fewer, where the collector has taken away what other tests forgot.
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
            // One leaked band of products a frame would be 900 MB.
            assertThat(Pointer.physicalBytes() - resident).isLessThan(100L << 20);
        }
    }

    @Test
    void closingGivesEverythingBack() {
        var weights = NaiveVgg.randomWeights(2, Vgg16.POOL3);
        var plan = new NetworkPlan(List.of(Vgg16.POOL3), 48, 48);
        open(plan, weights, 1).close();
        var pointers = Pointer.totalCount();
        for (var turn = 0; turn < 3; turn++) {
            try (var engine = open(plan, weights, 1);
                    var features = engine.newFrameFeatures(new Grid(48, 48));
                    var worker = engine.newWorker()) {
                worker.forward(Frames.random(48, 48, 1), features);
            }
        }
        assertThat(Pointer.totalCount() - pointers).isLessThan(30);
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        var weights = NaiveVgg.randomWeights(1, Vgg16.CONV1_2);
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_2), 32, 32);
        assertThatThrownBy(() -> open(new NetworkPlan(List.of(Vgg16.CONV2_1), 32, 32), weights, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conv2_1");
        for (var choice : List.of(
                new EngineChoice("winograd", "cpu", "bf16", 1), new EngineChoice("winograd", "cuda", "fp32", 1))) {
            assertThatThrownBy(() -> Engines.open(choice, plan, weights))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("With `engine` winograd");
        }
        try (var engine = open(plan, weights, 1);
                var features = engine.newFrameFeatures(new Grid(32, 32));
                var worker = engine.newWorker()) {
            var frame = Frames.random(32, 32, 1);
            assertThatThrownBy(() -> worker.forward(List.of(frame, frame), List.of(features, features)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(engine.description().natives()).startsWith("pytorch ");
        }
    }

    @Test
    void itIsTheAutomaticChoiceForSinglePrecisionOnTheProcessor() {
        Assumptions.assumeTrue(Processor.isX86() && !Processor.lacksAvx2(), "not measured elsewhere");
        var weights = NaiveVgg.randomWeights(1, Vgg16.CONV1_2);
        try (var engine = Engines.open(
                new EngineChoice(EngineChoice.AUTO, "cpu", "fp32", 1),
                new NetworkPlan(List.of(Vgg16.CONV1_2), 32, 32),
                weights)) {
            assertThat(engine.description().name()).isEqualTo(WinogradEngine.NAME);
        }
    }
}

package org.chromaprep.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.Frames;
import org.chromaprep.engine.NaiveVgg;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.LloydSettings;
import org.chromaprep.hypercolumn.LloydStart;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.npy.Float16;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What a graphics card does, done by the processor. */
@Tag("slow")
class ResidentEngineTest {
    private static final int BATCH = 3;
    private static final List<VggLayer> LAYERS = List.of(Vgg16.CONV1_2, Vgg16.POOL2, Vgg16.CONV3_1);
    private static final NetworkPlan PLAN = new NetworkPlan(LAYERS, 37, 44);
    private static final Grid GRID = new Grid(37, 44);

    @BeforeAll
    static void needsNatives() {
        try {
            Natives.load();
        } catch (EngineException e) {
            throw new TestAbortedException(e.getMessage(), e);
        }
    }

    private static VggWeights weights() {
        return NaiveVgg.randomWeights(7, Vgg16.CONV3_1);
    }

    private static List<FrameFeatures> batch(Engine engine, List<FloatBuffer> inputs) {
        var outputs = new ArrayList<FrameFeatures>();
        inputs.forEach(input -> outputs.add(engine.newFrameFeatures(GRID)));
        try (var worker = engine.newWorker()) {
            worker.forward(inputs, outputs);
        }
        return outputs;
    }

    private static List<FloatBuffer> inputs(int count) {
        var inputs = new ArrayList<FloatBuffer>();
        for (int i = 0; i < count; i++) {
            inputs.add(Frames.random(37, 44, i));
        }
        return inputs;
    }

    @Test
    void everyFrameOfABatchEqualsADoublePrecisionForward() {
        var inputs = inputs(BATCH);
        try (var engine = ResidentEngine.open(PLAN, weights(), BATCH)) {
            var outputs = batch(engine, inputs);
            for (int i = 0; i < BATCH; i++) {
                var expected = NaiveVgg.forward(weights(), Vgg16.CONV3_1, Frames.doubles(inputs.get(i)), 37, 44);
                for (var layer : LAYERS) {
                    assertThat(Frames.worstError(outputs.get(i), layer, expected.get(layer)))
                            .as(layer.layerName())
                            .isLessThanOrEqualTo(1e-5);
                }
                outputs.get(i).close();
            }
        }
    }

    @Test
    void aFrameDoesNotDependOnHowManyOthersComeWithIt() {
        try (var engine = ResidentEngine.open(PLAN, weights(), BATCH)) {
            var full = batch(engine, inputs(BATCH));
            var short1 = batch(engine, inputs(1));
            for (var layer : LAYERS) {
                assertThat(Frames.doubles(short1.get(0).map(layer)))
                        .isEqualTo(Frames.doubles(full.get(0).map(layer)));
            }
            full.forEach(FrameFeatures::close);
            short1.forEach(FrameFeatures::close);
        }
    }

    @Test
    void aForwardOfOneFrameGivesWhatABatchGives() {
        var inputs = inputs(2);
        try (var engine = ResidentEngine.open(PLAN, weights(), BATCH);
                var single = engine.newFrameFeatures(GRID);
                var worker = engine.newWorker()) {
            var outputs = batch(engine, inputs);
            worker.forward(inputs.get(1), single);
            for (var layer : LAYERS) {
                assertThat(Frames.worstError(
                                single, layer, Frames.doubles(outputs.get(1).map(layer))))
                        .isLessThanOrEqualTo(1e-5);
            }
            outputs.forEach(FrameFeatures::close);
        }
    }

    @Test
    void fullyConnectedLayersComeInBatchesToo() {
        var layer = Vgg16.FC6;
        var weights = NaiveVgg.randomWeights(5, layer);
        var placement = new Placement(Device.CPU, Precision.FP32);
        try (var dense = new Dense(
                        placement.copyOf(weights.of(layer).kernel(), layer.inputChannels(), layer.channels()),
                        placement.copyOf(weights.of(layer).bias(), layer.channels()),
                        true);
                var frames = torch.rand(2, 512, 7, 7);
                var both = dense.apply(frames);
                var second = dense.apply(frames.narrow(0, 1, 1));
                var difference = both.narrow(0, 1, 1).sub(second).abs().max()) {
            assertThat(both.size(0)).isEqualTo(2);
            assertThat(difference.item_double()).isLessThan(1e-3);
            assertThat(second.max().item_double()).isGreaterThan(1);
        }
    }

    @Test
    void convolutionsOfTheClassifierAreThoseOfMapsInHostMemory() {
        var plan = new NetworkPlan(List.of(Vgg16.FC6CONV, Vgg16.FC7CONV), 64, 96);
        var weights = NaiveVgg.randomWeights(5, Vgg16.FC7CONV);
        try (var resident = ResidentEngine.open(plan, weights, 1);
                var host = new PytorchEngine(plan, weights, Device.CPU, Precision.FP32, 1);
                var features = resident.newFrameFeatures(new Grid(64, 96));
                var expected = host.newFrameFeatures(new Grid(64, 96));
                var worker = resident.newWorker();
                var other = host.newWorker()) {
            worker.forward(Frames.random(64, 96, 1), features);
            other.forward(Frames.random(64, 96, 1), expected);

            for (var layer : plan.layers()) {
                assertThat(Frames.worstError(features, layer, Frames.doubles(expected.map(layer))))
                        .as(layer.layerName())
                        .isLessThanOrEqualTo(1e-5);
            }
        }
    }

    @Test
    void theMatrixIsThatOfTheMapsInHostMemory() {
        try (var engine = ResidentEngine.open(PLAN, weights(), 1);
                var features = engine.newFrameFeatures(new Grid(30, 50));
                var worker = engine.newWorker()) {
            worker.forward(Frames.random(37, 44, 1), features);
            List<FeatureMap> maps = LAYERS.stream().map(features::map).toList();
            HypercolumnMatrix host = new MapHypercolumnMatrix(new Grid(30, 50), maps);
            var v = new SplittableRandom(1).doubles(host.features(), -1, 1).toArray();
            var direction = new float[v.length];
            for (int i = 0; i < v.length; i++) {
                direction[i] = (float) v[i];
            }
            var expected = new float[1500];
            var actual = new float[1500];
            host.times(direction, 1, expected);
            features.matrix().times(direction, 1, actual);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i])
                        .isCloseTo(
                                expected[i],
                                org.assertj.core.api.Assertions.within(1e-5f * Math.max(100, Math.abs(expected[i]))));
            }
            assertThat(expected).isNotEqualTo(new float[1500]);
        }
    }

    private static ByteBuffer halves(FrameFeatures features, int[] pixels) {
        var halves = ByteBuffer.allocate(pixels.length * features.matrix().features() * Short.BYTES);
        features.gatherHalves(pixels, halves);
        return halves.flip();
    }

    @Test
    void hypercolumnsThatAreExpectedComeWithTheClusters() {
        try (var engine = (PytorchEngine) ResidentEngine.open(PLAN, weights(), BATCH)) {
            var features = List.of(engine.newFrameFeatures(GRID), engine.newFrameFeatures(GRID));
            var pixels = List.of(new int[] {5, 40, 41, 900}, new int[] {0, 3, GRID.pixels() - 1});
            features.get(0).expect(pixels.get(0));
            features.get(1).expect(pixels.get(1));
            try (var worker = engine.newWorker()) {
                worker.forward(inputs(2), features);
            }
            for (int i = 0; i < 2; i++) {
                var matrix = features.get(i).matrix();
                var other = halves(features.get(i), new int[] {7});
                var expected = halves(features.get(i), pixels.get(i));
                var k = new FrameClusterer(
                        new KMeansSettings(2, 50, 1e-4, 0),
                        FrameClusterer.Mode.INDEPENDENT,
                        Optional.of(new int[] {3, 800}),
                        GRID,
                        matrix.features());
                k.cluster(matrix, 0, true, new Clustering(2, matrix.features(), GRID.pixels()));
                var copies = engine.traffic().copies();
                assertThat(halves(features.get(i), pixels.get(i))).isEqualTo(expected);
                assertThat(engine.traffic().copies()).isEqualTo(copies);
                assertThat(halves(features.get(i), new int[] {7})).isEqualTo(other);
                assertThat(engine.traffic().copies()).isGreaterThan(copies);
            }
            features.forEach(FrameFeatures::close);
        }
    }

    @Test
    void hypercolumnsOfAnEarlierFrameAreNotTakenForThisOnes() {
        try (var engine = ResidentEngine.open(PLAN, weights(), 1);
                var features = engine.newFrameFeatures(GRID);
                var worker = engine.newWorker()) {
            var pixels = new int[] {5, 40, 900};
            features.expect(pixels);
            var seen = new ArrayList<ByteBuffer>();
            for (int frame = 0; frame < 2; frame++) {
                worker.forward(Frames.random(37, 44, frame), features);
                seen.add(halves(features, pixels));
                var start = new float[2 * features.matrix().features()];
                features.matrix().gather(new int[] {3, 800}, start);
                features.matrix()
                        .lloyd(new LloydSettings(2, 50, 1e-4), new LloydStart.Given(start))
                        .orElseThrow()
                        .await(new byte[GRID.pixels()], start, new int[2], new float[GRID.pixels()]);
                assertThat(halves(features, pixels)).isEqualTo(seen.get(frame));
            }
            assertThat(seen.get(0)).isNotEqualTo(seen.get(1));
        }
    }

    @Test
    void mapsInHalfPrecisionAreTheMapsRoundedAndComeWithOneCopy() {
        try (var engine = (PytorchEngine) ResidentEngine.open(PLAN, weights(), 1);
                var features = engine.newFrameFeatures(GRID);
                var worker = engine.newWorker()) {
            for (int frame = 0; frame < 2; frame++) {
                worker.forward(Frames.random(37, 44, frame), features);
                var copies = engine.traffic().copies();
                var halves = new ArrayList<ByteBuffer>();
                for (var layer : LAYERS) {
                    var numbers = layer.mapSize(37) * layer.mapSize(44) * layer.channels();
                    halves.add(ByteBuffer.allocate(2 * numbers));
                    assertThat(features.mapHalves(layer, halves.get(halves.size() - 1)))
                            .isZero();
                }
                assertThat(engine.traffic().copies() - copies).isEqualTo(1);
                for (int i = 0; i < LAYERS.size(); i++) {
                    var map = features.map(LAYERS.get(i));
                    var expected = ByteBuffer.allocate(halves.get(i).capacity());
                    Float16.fromFloats(map.values(), 0, expected, expected.capacity() / 2);
                    assertThat(halves.get(i).array()).isEqualTo(expected.array());
                }
            }
        }
    }

    @Test
    void nothingIsLeftBehind() {
        try (var engine = ResidentEngine.open(PLAN, weights(), BATCH)) {
            var planes = new float[GRID.pixels()];
            var norms = new double[GRID.pixels()];
            long pointers = 0;
            for (int turn = 0; turn < 30; turn++) {
                var outputs = batch(engine, inputs(BATCH));
                for (var output : outputs) {
                    var matrix = output.matrix();
                    matrix.times(new float[matrix.features()], 1, planes);
                    matrix.transposeTimes(planes, 1, new double[matrix.features()]);
                    matrix.squaredNorms(norms);
                    matrix.gather(new int[] {3}, new float[matrix.features()]);
                    output.map(Vgg16.CONV1_2);
                    output.mapHalves(Vgg16.CONV1_2, ByteBuffer.allocate(2 * 37 * 44 * 64));
                    output.gatherHalves(new int[] {3}, ByteBuffer.allocate(2 * matrix.features()));
                    matrix.lloyd(new LloydSettings(2, 20, 1e-4), new LloydStart.Given(new float[2 * matrix.features()]))
                            .orElseThrow()
                            .close();
                    output.close();
                }
                if (turn == 9) {
                    pointers = Pointer.totalCount();
                }
            }
            // Fewer, where the collector has taken away what other tests forgot.
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
        }
    }

    @Test
    void shortcutsOfGraphicsCardsAreOffAndTheFastestOfTheRestIsTaken() {
        try (var engine = ResidentEngine.open(PLAN, weights(), 1)) {
            var context = torch.globalContext();
            assertThat(engine.batch()).isEqualTo(1);
            assertThat(context.allowTF32CuBLAS()).isFalse();
            assertThat(context.allowTF32CuDNN()).isFalse();
            assertThat(context.deterministicCuDNN()).isTrue();
            assertThat(context.benchmarkCuDNN()).isTrue();
        }
    }

    @Test
    void batchesThatDoNotFitAreRefused() {
        try (var engine = ResidentEngine.open(PLAN, weights(), 1);
                var worker = engine.newWorker()) {
            assertThatThrownBy(() -> worker.forward(inputs(2), List.of())).isInstanceOf(IllegalArgumentException.class);
        }
        Assumptions.assumeFalse(torch.cuda_is_available());
        assertThatThrownBy(() -> new PytorchEngine(PLAN, weights(), Device.CUDA, Precision.FP16, 1))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no CUDA device");
    }
}

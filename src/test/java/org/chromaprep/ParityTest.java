package org.chromaprep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.KMeans;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.DownloadProgress;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole chain of numbers, from weights and picture to labels, against float64 references made elsewhere. */
@Tag("slow")
class ParityTest {
    private static final int SIZE = 224;
    private static final Grid GRID = new Grid(SIZE, SIZE);

    private interface Check {
        void accept(FrameFeatures features) throws IOException;
    }

    private static void forward(EngineChoice choice, Path weightsPath, String layers, FloatBuffer input, Check check)
            throws Exception {
        var plan = new NetworkPlan(LayerNames.parse(Networks.VGG16, layers), SIZE, SIZE);
        var places = WeightsEnvironment.of(Map.of(), "Linux", Path.of("/nonexistent"));
        var weights = Weights.load(weightsPath.toString(), plan.deepest(), places, DownloadProgress.NONE);
        try (Engine engine = open(choice, plan, weights);
                var features = engine.newFrameFeatures(GRID);
                var worker = engine.newWorker()) {
            worker.forward(input, features);
            check.accept(features);
        }
    }

    /** The engine, where what is asked for is there; the test is skipped elsewhere, and says why. */
    private static Engine open(EngineChoice choice, NetworkPlan plan, VggWeights weights) {
        try {
            return Engines.open(choice, plan, weights);
        } catch (EngineException e) {
            Assumptions.assumeFalse(
                    e.getMessage().contains("no CUDA device") || e.getMessage().contains("no fast bf16"),
                    e.getMessage());
            throw e;
        }
    }

    private static EngineChoice choice(String engine, String device, String precision) {
        return new EngineChoice(engine, device, precision, 2);
    }

    private static FloatBuffer input() {
        return ByteBuffer.allocateDirect(SIZE * SIZE * 3 * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static FloatBuffer colourInput(Path picture) throws IOException {
        var image = ImageIO.read(picture.toFile());
        var rgb = new byte[SIZE * SIZE * 3];
        for (int i = 0; i < SIZE * SIZE; i++) {
            var pixel = image.getRGB(i % SIZE, i / SIZE);
            rgb[3 * i] = (byte) (pixel >> 16);
            rgb[3 * i + 1] = (byte) (pixel >> 8);
            rgb[3 * i + 2] = (byte) pixel;
        }
        var input = input();
        Preprocessing.CAFFE.fromRgb(rgb, input);
        return input;
    }

    private static FloatBuffer greyInput(Path picture) throws IOException {
        var raster = ImageIO.read(picture.toFile()).getRaster();
        var luma = new byte[SIZE * SIZE];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) raster.getSample(i % SIZE, i / SIZE, 0);
        }
        var input = input();
        Preprocessing.CAFFE.fromLuma(luma, input);
        return input;
    }

    private static Clustering cluster(FrameFeatures features, int clusters, int[] startPixels) {
        var x = features.matrix();
        var start = new float[clusters * x.features()];
        x.gather(startPixels, start);
        var result = new Clustering(clusters, x.features(), GRID.pixels());
        new KMeans(new KMeansSettings(clusters, 300, 0, 0), x.features(), GRID.pixels()).cluster(x, start, result);
        return result;
    }

    private static long differences(byte[] labels, float[] expected) {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] != (int) expected[i])
                .count();
    }

    @ParameterizedTest
    @CsvSource({"nd4j, auto", "pytorch, cpu", "pytorch, cuda", "winograd, cpu"})
    void fiveLayersOfRandomWeightsMeetTheReference(String engine, String device) throws Exception {
        var truth = TestData.path("truth");
        forward(
                choice(engine, device, "fp32"),
                TestData.path("weights/vgg16_he_random_notop.h5"),
                "3,8,15,22,29",
                colourInput(truth.resolve("frame150_224.png")),
                features -> {
                    for (var layer : LayerNames.parse(Networks.VGG16, "3,8,15,22,29")) {
                        assertMap(
                                features,
                                layer.layerName(),
                                TruthArrays.read("frame150_caffe_maps.npz", "l" + layer.kerasIndex())
                                        .values());
                    }
                    var result = cluster(features, 2, new int[] {56 * SIZE + 56, 168 * SIZE + 168});
                    var file = "frame150_caffe_kmeans.npz";
                    assertThat(differences(
                                    result.labels(),
                                    TruthArrays.read(file, "labels").values()))
                            .isLessThanOrEqualTo(3);
                    var inertia = TruthArrays.read(file, "inertia").values()[0];
                    assertThat(result.inertia()).isCloseTo(inertia, within(1e-6 * inertia));
                });
    }

    @ParameterizedTest
    @CsvSource({"cpu, bf16", "cuda, bf16", "cuda, fp16"})
    void sixteenBitsLabelPixelsAsTheReferenceDoes(String device, String precision) throws Exception {
        var picture = TestData.path("truth/frame150_224.png");
        var weights = TestData.path("weights/vgg16_he_random_notop.h5");
        forward(choice("pytorch", device, precision), weights, "3,8,15,22,29", colourInput(picture), features -> {
            var labels = cluster(features, 2, new int[] {56 * SIZE + 56, 168 * SIZE + 168})
                    .labels();
            var expected =
                    TruthArrays.read("frame150_caffe_kmeans.npz", "labels").values();
            assertThat(differences(labels, expected)).isLessThanOrEqualTo(GRID.pixels() / 1000);
        });
    }

    // The reference is in channel, row, column order.
    private static void assertMap(FrameFeatures features, String name, float[] expected) {
        var map = features.map(LayerNames.parse(Networks.VGG16, name).get(0));
        var most = 0.0;
        var worst = 0.0;
        for (int c = 0; c < map.channels(); c++) {
            for (int p = 0; p < map.positions(); p++) {
                var wanted = expected[c * map.positions() + p];
                most = Math.max(most, Math.abs(wanted));
                worst = Math.max(worst, Math.abs(wanted - map.values().get(p * map.channels() + c)));
            }
        }
        assertThat(worst).as(name).isLessThanOrEqualTo(1e-5 * most);
    }

    @ParameterizedTest
    @CsvSource({"chelsea_real_k2, 2", "astronaut_real_k4, 4"})
    void theRealFiltersMeetTheReference(String name, int clusters) throws Exception {
        var truth = TestData.path("truth");
        var file = name + ".npz";
        forward(
                choice("auto", "auto", "fp32"),
                TestData.path("weights"),
                "3,8",
                greyInput(truth.resolve(name + ".png")),
                features -> {
                    var starts = TruthArrays.read(file, "init_yx").values();
                    var pixels = IntStream.range(0, clusters)
                            .map(j -> (int) (starts[2 * j] * SIZE + starts[2 * j + 1]))
                            .toArray();
                    var result = cluster(features, clusters, pixels);
                    assertThat(differences(
                                    result.labels(),
                                    TruthArrays.read(file, "labels").values()))
                            .isLessThanOrEqualTo(3);
                    var inertia = TruthArrays.read(file, "inertia").values()[0];
                    assertThat(result.inertia()).isCloseTo(inertia, within(1e-6 * inertia));
                    assertAverage(features, TruthArrays.read(file, "average").values());
                });
    }

    private static void assertAverage(FrameFeatures features, float[] expected) {
        var x = features.matrix();
        var weights = new float[x.features()];
        Arrays.fill(weights, 1f / x.features());
        var average = new float[GRID.pixels()];
        x.times(weights, 1, average);
        for (int i = 0; i < average.length; i++) {
            assertThat(average[i]).isCloseTo(expected[i], within(Math.max(1e-3f, 1e-5f * Math.abs(expected[i]))));
        }
    }
}

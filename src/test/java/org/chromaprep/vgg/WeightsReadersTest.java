package org.chromaprep.vgg;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.api.WritableGroup;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.TestData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class WeightsReadersTest {
    @TempDir
    private Path folder;

    @Test
    void readsAFolderOfArrays() throws Exception {
        var weights = load(WeightsFixtures.npyFolder(folder.resolve("npy")));

        assertHoldsTheFixture(weights);
        assertThat(weights.origin().kind()).isEqualTo("npy-folder");
        assertThat(weights.preprocessing()).isEqualTo(Preprocessing.CAFFE);
        assertThat(weights.origin().trained()).isTrue();
    }

    @Test
    void readsAnArchiveOfArrays() throws Exception {
        var path = WeightsFixtures.npz(folder.resolve("w.npz"));
        var weights = load(path);

        assertHoldsTheFixture(weights);
        assertThat(weights.origin().kind()).isEqualTo("npz");
        assertThat(weights.origin().sha256()).isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "F16", "BF16"})
    void readsTorchvisionsNamesAndOrders(String type) throws Exception {
        var weights = load(WeightsFixtures.safetensors(folder.resolve("w.safetensors"), type));

        assertHoldsTheFixture(weights);
        assertThat(weights.origin().kind()).isEqualTo("safetensors");
        assertThat(weights.preprocessing()).isEqualTo(Preprocessing.TORCH);
    }

    @ParameterizedTest
    @CsvSource({
        "block1_conv%d/block1_conv%d_W_1:0, block1_conv%d/block1_conv%d_b_1:0",
        "block1_conv%d/block1_conv%d/kernel:0, block1_conv%d/block1_conv%d/bias:0",
        "model_weights/block1_conv%d/block1_conv%d/kernel:0, model_weights/block1_conv%d/block1_conv%d/bias:0",
        "layers/block1_conv%d/vars/0, layers/block1_conv%d/vars/1"
    })
    void readsTheLayoutsOfKerasInBlueGreenRed(String kernel, String bias) throws Exception {
        var weights = load(WeightsFixtures.hdf5(folder.resolve("w.h5"), kernel, bias));

        assertHoldsTheFixture(weights);
        assertThat(weights.origin().kind()).isEqualTo("keras-hdf5");
        assertThat(weights.preprocessing()).isEqualTo(Preprocessing.CAFFE);
    }

    @Test
    void readsTheNamesThatKerasThreeMakesFromClasses() throws Exception {
        var path = folder.resolve("w.weights.h5");
        try (var file = HdfFile.write(path)) {
            var groups = new HashMap<String, WritableGroup>();
            for (var layer : WeightsFixtures.LAYERS) {
                var name = "layers/conv2d" + (layer == Vgg16.CONV1_1 ? "" : "_1") + "/vars/";
                WeightsFixtures.put(file, groups, name + "0", WeightsFixtures.kerasKernel(layer));
                WeightsFixtures.put(file, groups, name + "1", WeightsFixtures.bias(layer));
            }
        }

        assertHoldsTheFixture(load(path));
    }

    @Test
    void turnsTorchvisionsFlattenedMapToHeightWidthChannel() throws Exception {
        var path = folder.resolve("fc6.safetensors");
        long kernelBytes = 2L * Vgg16.FC6.kernelLength();
        var head = String.format(
                        Locale.ROOT,
                        "{\"classifier.0.weight\":{\"dtype\":\"F16\",\"shape\":[4096,25088],\"data_offsets\":[0,%d]},"
                                + "\"classifier.0.bias\":{\"dtype\":\"F16\",\"shape\":[4096],\"data_offsets\":[%d,%d]}}",
                        kernelBytes,
                        kernelBytes,
                        kernelBytes + 8192)
                .getBytes(StandardCharsets.US_ASCII);
        int output = 4095;
        int channel = 3;
        int y = 2;
        int x = 1;
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(head.length)
                    .array());
            file.write(head);
            long start = file.getFilePointer();
            file.seek(start + 2 * (output * 25088L + channel * 49 + y * 7 + x));
            file.write(new byte[] {0x00, 0x3c});
            file.setLength(start + kernelBytes + 8192);
        }
        try (var file = new SafetensorsFile(path)) {
            var kernel = file.read(Vgg16.FC6).kernel();
            double sum = 0;
            for (float value : kernel) {
                sum += value;
            }

            assertThat(sum).isEqualTo(1);
            assertThat(kernel[((y * 7 + x) * 512 + channel) * 4096 + output]).isEqualTo(1f);
        }
        var convolution = WeightsFiles.read(path, Vgg16.FC6CONV).of(Vgg16.FC6CONV);
        assertThat(convolution.kernel()[((y * 7 + x) * Vgg16.FC6CONV.inputChannels() + channel) * 4096 + output])
                .isEqualTo(1f);
    }

    @Test
    void layersBeyondTheDeepestAreNotRead() throws Exception {
        var path = WeightsFixtures.npyFolder(folder.resolve("npy"));
        Files.write(path.resolve("conv1_2_W.npy"), new byte[] {1, 2, 3});

        var weights = Weights.load(path.toString(), Vgg16.CONV1_1, nowhere(), DownloadProgress.NONE);

        assertThat(weights.of(Vgg16.CONV1_1).kernel()).isEqualTo(WeightsFixtures.kernel(Vgg16.CONV1_1));
        assertThat(weights.missingUpTo(Vgg16.CONV1_2)).containsExactly(Vgg16.CONV1_2);
    }

    @Test
    void theRealFiltersAreRecognisedAsTheOriginal() throws Exception {
        var report = Weights.verify(TestData.path("weights/conv1_1_W.npy").getParent());
        var sums = Files.readAllLines(TestData.path("weights/SHA256SUMS"));

        assertThat(report.kind()).isEqualTo("npy-folder");
        assertThat(report.arrays())
                .hasSize(10)
                .allMatch(array -> array.standing() == WeightsReport.Standing.ORIGINAL)
                .allMatch(array -> sums.contains(array.sha256() + "  " + array.name() + ".npy"));
    }

    @Test
    void otherWeightsAreNotTakenForTheOriginal() throws Exception {
        var report = Weights.verify(WeightsFixtures.npz(folder.resolve("w.npz")));

        assertThat(report.arrays())
                .extracting(WeightsReport.ArrayReport::name)
                .containsExactly("conv1_1_W", "conv1_1_b", "conv1_2_W", "conv1_2_b");
        assertThat(report.arrays()).allMatch(array -> array.standing() == WeightsReport.Standing.OTHER);
    }

    @Test
    void aWholeKerasFileOfRandomWeightsIsRead() throws Exception {
        var path = TestData.path("weights/vgg16_he_random_notop.h5");

        var weights = Weights.load(path.toString(), Vgg16.CONV5_3, nowhere(), DownloadProgress.NONE);

        assertThat(weights.missingUpTo(Vgg16.POOL5)).isEmpty();
        assertThat(Weights.verify(path).arrays())
                .hasSize(26)
                .noneMatch(array -> array.standing() == WeightsReport.Standing.ORIGINAL);
    }

    @Test
    void environmentsFollowTheOperatingSystem() {
        var home = folder.resolve("home");

        assertThat(WeightsEnvironment.of(Map.of(), "Linux", home).cacheFolder())
                .isEqualTo(home.resolve(".cache/chromaprep"));
        assertThat(WeightsEnvironment.of(Map.of("XDG_CACHE_HOME", folder.toString()), "Linux", home)
                        .cacheFolder())
                .isEqualTo(folder.resolve("chromaprep"));
        assertThat(WeightsEnvironment.of(Map.of("XDG_CACHE_HOME", "relative"), "Linux", home)
                        .cacheFolder())
                .isEqualTo(home.resolve(".cache/chromaprep"));
        assertThat(WeightsEnvironment.of(Map.of(), "Mac OS X", home).cacheFolder())
                .isEqualTo(home.resolve("Library/Caches/chromaprep"));
        assertThat(WeightsEnvironment.of(Map.of("LOCALAPPDATA", folder.toString()), "Windows 11", home)
                        .cacheFolder())
                .isEqualTo(folder.resolve("chromaprep"));
        assertThat(WeightsEnvironment.of(Map.of("CHROMAPREP_WEIGHTS", "a.npz"), "Linux", home)
                        .chosen())
                .isEqualTo(Optional.of("a.npz"));
    }

    private WeightsEnvironment nowhere() {
        return new WeightsEnvironment(Optional.empty(), folder.resolve("cache"), URI.create("http://127.0.0.1:1/"));
    }

    private VggWeights load(Path path) throws WeightsException {
        return Weights.load(path.toString(), Vgg16.POOL1, nowhere(), DownloadProgress.NONE);
    }

    private static void assertHoldsTheFixture(VggWeights weights) {
        for (var layer : WeightsFixtures.LAYERS) {
            assertThat(weights.of(layer).kernel()).isEqualTo(WeightsFixtures.kernel(layer));
            assertThat(weights.of(layer).bias()).isEqualTo(WeightsFixtures.bias(layer));
        }
    }
}

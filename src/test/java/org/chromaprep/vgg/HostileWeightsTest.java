package org.chromaprep.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class HostileWeightsTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingFileIsNamed() {
        refused(folder.resolve("none.h5"), "none.h5", "no weights file");
    }

    @Test
    void anEmptyFolderIsNamed() throws IOException {
        refused(Files.createDirectory(folder.resolve("empty")), "empty", "no layer of VGG-16");
    }

    @Test
    void anEmptyFileIsNamed() throws IOException {
        refused(Files.createFile(folder.resolve("w.h5")), "w.h5", "is empty");
    }

    @Test
    void textIsNoWeightsFile() throws IOException {
        refused(Files.writeString(folder.resolve("w.txt"), "these are no weights at all"), "not a weights file");
    }

    @Test
    void aPickleIsNotReadButToldHowToConvert() throws IOException {
        refused(Files.write(folder.resolve("w.pth"), new byte[] {(byte) 0x80, 2, 'c'}), "pickle", "safetensors");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPipeIsNotWaitedFor() throws Exception {
        var pipe = folder.resolve("pipe.npz");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        refused(pipe, "pipe.npz", "not a file");
    }

    @Test
    void bytesOfAnArchiveThatAreNotThoseThatWerePackedAreRefused() throws Exception {
        var arrays = WeightsFixtures.npyFolder(folder.resolve("npy"));
        var archive = folder.resolve("w.npz");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive));
                var files = Files.list(arrays)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (var file : files.sorted().toList()) {
                var bytes = Files.readAllBytes(file);
                var crc = new CRC32();
                crc.update(bytes);
                var entry = new ZipEntry(file.getFileName().toString());
                entry.setSize(bytes.length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(bytes);
            }
        }
        var packed = Files.readAllBytes(archive);
        assertThat(WeightsFiles.read(archive, Vgg16.CONV1_1).origin().kind()).isEqualTo("npz");
        // The lowest bit of a number somewhere in the first kernel: finite, small and wrong.
        var name = new String(packed, StandardCharsets.ISO_8859_1).indexOf("conv1_1_W.npy");
        packed[name + 600] ^= 1;
        Files.write(archive, packed);

        refused(archive, "checksum");
    }

    @Test
    void aLayerThatIsMissingIsNamed() throws IOException {
        var path = WeightsFixtures.npyFolder(folder.resolve("npy"));
        Files.delete(path.resolve("conv1_2_b.npy"));

        refused(path, "lack conv1_2,", "before conv1_2");
    }

    @Test
    void aMisshapenLayerIsNamedWithBothShapes() throws IOException {
        var path = WeightsFixtures.npyFolder(folder.resolve("npy"));
        Files.write(path.resolve("conv1_2_W.npy"), WeightsFixtures.npy(new float[9], 3, 3, 1, 1));

        refused(path, "conv1_2_W", "[3, 3, 1, 1]", "[3, 3, 64, 64]");
    }

    @Test
    void aHugeClaimIsRefusedWithoutTakingMemory() throws IOException {
        var path = WeightsFixtures.npyFolder(folder.resolve("npy"));
        Files.write(
                path.resolve("conv1_1_W.npy"),
                NpyHeader.of(NpyType.FLOAT32, 1 << 30, 1 << 20).toBytes());

        refused(path, "conv1_1_W", "[1073741824, 1048576]");
    }

    @Test
    void integersAreNoWeights() throws IOException {
        var path = WeightsFixtures.npyFolder(folder.resolve("npy"));
        Files.write(
                path.resolve("conv1_1_b.npy"), NpyHeader.of(NpyType.INT32, 64).toBytes());

        refused(path, "conv1_1_b", "<i4");
    }

    @Test
    void numbersThatAreNoneAreRefused() throws IOException {
        var path = WeightsFixtures.npyFolder(folder.resolve("npy"));
        var bias = WeightsFixtures.bias(Vgg16.CONV1_2);
        bias[63] = Float.NaN;
        Files.write(path.resolve("conv1_2_b.npy"), WeightsFixtures.npy(bias, 64));

        refused(path, "conv1_2", "damaged");
    }

    @Test
    void vgg19IsRecognised() throws IOException {
        var path = WeightsFixtures.npyFolder(folder.resolve("npy"));
        Files.write(path.resolve("conv3_4_W.npy"), new byte[0]);

        refused(path, "VGG-19");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"features.0.weight\":7}|features.0.weight",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|impossible shape",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|do not fit",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}|no place",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-9,-5]}}|no place",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}}|x",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,36]}}|cut short",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|no layer of VGG-16",
                "{\"x\"  |not JSON"
            })
    void safetensorsHeadsAreNotTrusted(String head, String said) throws IOException {
        refused(WeightsFixtures.safetensors(folder.resolve("w.safetensors"), head, new byte[8]), said);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, -1, 1L << 40})
    void aSafetensorsHeadOfImpossibleLengthIsRefused(long length) throws IOException {
        var bytes = ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put((byte) '{');

        refused(Files.write(folder.resolve("w.safetensors"), bytes.array()), "head claims");
    }

    @ParameterizedTest
    @ValueSource(strings = {"npz", "safetensors", "h5"})
    void aFileCutShortAnywhereIsRefused(String kind) throws IOException {
        var whole = Files.readAllBytes(fixture(kind));
        for (int part = 1; part < 20; part++) {
            var cut = folder.resolve("cut" + part);
            Files.write(cut, Arrays.copyOf(whole, (int) ((long) whole.length * part / 20)));
            refused(cut, "cut" + part);
        }
    }

    /** Anywhere within the numbers, which look like others then. */
    @Test
    void anArchiveWhoseChecksumsAreWrongIsRefused() throws Exception {
        var whole = Files.readAllBytes(storedArchive());
        for (var part = 1; part < 10; part++) {
            var damaged = whole.clone();
            damaged[whole.length * part / 10] ^= 1;
            refused(Files.write(folder.resolve("damaged" + part + ".npz"), damaged), "damaged" + part + ".npz");
        }
        load(storedArchive());
    }

    private Path storedArchive() throws IOException {
        var path = folder.resolve("stored.npz");
        try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (var file : WeightsFixtures.npyFiles().entrySet()) {
                var sum = new CRC32();
                sum.update(file.getValue());
                var entry = new ZipEntry(file.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"npz", "safetensors", "h5"})
    void aDamagedFileIsReadOrRefusedButNothingElse(String kind) throws IOException {
        var whole = Files.readAllBytes(fixture(kind));
        var random = new Random(1);
        int refusals = 0;
        for (int round = 0; round < 300; round++) {
            var damaged = whole.clone();
            for (int hit = 0; hit < 8; hit++) {
                // Heads lie at the beginning or the end; damage there does the most.
                int within = random.nextInt(Math.min(4096, damaged.length));
                damaged[random.nextBoolean() ? within : damaged.length - 1 - within] = (byte) random.nextInt();
            }
            try {
                load(Files.write(folder.resolve("damaged"), damaged));
            } catch (WeightsException e) {
                refusals++;
                assertThat(e.getMessage()).endsWith(".").contains("damaged");
            }
        }
        assertThat(refusals).isPositive();
    }

    @Test
    void aSeedMustBeAWholeNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.load("random:x", Vgg16.CONV1_1, environment(), DownloadProgress.NONE))
                .withMessageContaining("random:x")
                .withMessageEndingWith(".");
    }

    private Path fixture(String kind) throws IOException {
        var path = folder.resolve("whole." + kind);
        return switch (kind) {
            case "npz" -> WeightsFixtures.npz(path);
            case "safetensors" -> WeightsFixtures.safetensors(path, "F32");
            default ->
                WeightsFixtures.hdf5(path, "block1_conv%d/block1_conv%d_W_1:0", "block1_conv%d/block1_conv%d_b_1:0");
        };
    }

    private WeightsEnvironment environment() {
        return new WeightsEnvironment(Optional.empty(), folder.resolve("cache"), URI.create("http://127.0.0.1:1/"));
    }

    private VggWeights load(Path path) throws WeightsException {
        return Weights.load(path.toString(), Vgg16.CONV1_2, environment(), DownloadProgress.NONE);
    }

    private void refused(Path path, String... said) {
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> load(path))
                .satisfies(e -> assertThat(e.getMessage()).contains(said).endsWith("."));
    }
}

package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyType;
import org.chromaprep.video.Rational;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.JoinPlan;
import org.chromaprep.video.encode.VideoJoiner;
import org.chromaprep.video.encode.VideoWriter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users give that cannot be used: each gets its exit code and one sentence that names it. */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class BadInputTest {
    private static final String GRAPH = "lavfi:testsrc=size=64x48:rate=5:duration=0.4";

    @TempDir
    private Path temporary;

    private Program.Ended process(String input, String... more) {
        return Program.process(temporary.resolve("out"), List.of(input), more);
    }

    /** The last line tells the failure, and no other line does. */
    private static void assertRefused(Program.Ended ended, ExitCode code, String... said) {
        assertThat(ended.exit()).as(ended.err()).isEqualTo(code.number());
        var failures = ended.err()
                .lines()
                .filter(line -> !line.startsWith("chromaprep: warning")
                        && !line.startsWith("chromaprep: engine")
                        && !line.startsWith("Try '"))
                .toList();
        assertThat(failures)
                .singleElement()
                .asString()
                .startsWith("chromaprep: ")
                .contains(said)
                .doesNotContain("fault of ChromaPrep");
    }

    /** A film with a picture at each of these hundredths of a second. */
    private Path film(String name, String codec, long... times) throws Exception {
        var settings = new EncoderSettings(codec, 64, 48, new Rational(1, 100), new Rational(25, 1), 1);
        var segment = temporary.resolve("segment.nut");
        try (var writer = VideoWriter.open(segment, settings)) {
            var picture = new int[64 * 48];
            for (var time : times) {
                Arrays.setAll(picture, pixel -> (int) (pixel * 31L + time * 7) % 256 * 0x10101);
                writer.write(picture, time);
            }
            writer.finish();
        }
        var film = temporary.resolve(name);
        VideoJoiner.join(new JoinPlan(
                List.of(segment),
                times.length,
                settings,
                OptionalLong.of(0),
                OptionalLong.empty(),
                Optional.empty(),
                film,
                name.substring(name.lastIndexOf('.') + 1)));
        return film;
    }

    @Test
    void aPatternThatIsNoneStopsNoOtherFilm() {
        var ended = Program.process(
                temporary.resolve("out"), List.of(temporary.resolve("[").toString(), GRAPH));
        assertThat(ended.exit()).isEqualTo(ExitCode.INPUT.number());
        assertThat(ended.err()).contains("is neither there nor a glob").doesNotContain("fault of ChromaPrep");
        assertThat(ended.out()).contains("done: 2 frames written");
    }

    @Test
    void aDocumentThatIsNullLeavesTheOtherFilmsChecked() throws IOException {
        var out = temporary.resolve("out");
        assertThat(Program.process(out, List.of(GRAPH)).exit()).isZero();
        for (var text : List.of("null", "[]", "7")) {
            Files.writeString(Files.createDirectories(out.resolve("a")).resolve("manifest.json"), text);
            var ended = Program.run(Map.of(), List.of("verify", out.toString()));
            assertThat(ended.exit()).isEqualTo(ExitCode.OUTPUT.number());
            assertThat(ended.out()).contains("Its manifest is damaged").contains(": sound, complete");
        }
    }

    @Test
    void filmsThatAreMissingAreNamed() {
        assertRefused(process(temporary.resolve("none.mp4").toString()), ExitCode.INPUT, "none.mp4 does not exist");
    }

    @Test
    void filmsThatMayNotBeReadAreNamed() throws Exception {
        var film = film("secret.mp4", "mpeg4", 0, 4);
        Assumptions.assumeTrue(
                film.toFile().setReadable(false) && !Files.isReadable(film), "this user may read everything");
        assertRefused(process(film.toString()), ExitCode.INPUT, "secret.mp4 may not be read", "permissions");
    }

    @Test
    void filesWithoutAByteAreNamed() throws IOException {
        var empty = Files.createFile(temporary.resolve("empty.mp4"));
        assertRefused(process(empty.toString()), ExitCode.INPUT, "empty.mp4 is empty (0 bytes)");
    }

    @Test
    void soundAloneIsNoFilm() throws IOException {
        var format = new AudioFormat(8000, 16, 1, true, false);
        var file = temporary.resolve("sound.wav");
        try (var sound = new AudioInputStream(new ByteArrayInputStream(new byte[16_000]), format, 8000)) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
        }
        assertRefused(process(file.toString()), ExitCode.INPUT, "sound.wav has sound but no moving picture");
    }

    @Test
    void aFilmThatIsCutOffBeforeItsIndexIsNamed() throws Exception {
        var film = film("head.mp4", "mpeg4", 0, 4, 8);
        Files.write(film, Arrays.copyOf(Files.readAllBytes(film), 20));
        assertRefused(process(film.toString()), ExitCode.INPUT, "head.mp4", "damaged at its start");
    }

    @Test
    void aFilmThatIsCutShortLosesFramesAndNoneOfThemSilently() throws Exception {
        var film = film("cut.mp4", "mjpeg", 0, 4, 8, 12, 16, 20, 24, 28, 32, 36);
        var bytes = Files.readAllBytes(film);
        Files.write(film, Arrays.copyOf(bytes, bytes.length * 6 / 10));

        var ended = process(film.toString());

        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.INPUT.number());
        var counts = Pattern.compile("cut.mp4: done: (\\d+) frames written, 0 skipped, 0 dropped, (\\d+) lost")
                .matcher(ended.out());
        assertThat(counts.find()).as(ended.out()).isTrue();
        var written = Integer.parseInt(counts.group(1));
        assertThat(written).isBetween(4, 7);
        assertThat(written + Integer.parseInt(counts.group(2))).isEqualTo(10);
        var ledger = Files.readAllLines(temporary.resolve("out/cut/frames.jsonl"));
        assertThat(ledger.subList(written, 10))
                .allMatch(line -> line.contains("\"frame\":null")
                        && line.contains("\"outcome\":\"lost\"")
                        && line.contains("\"reason\":\""));
    }

    @Test
    void aFolderWithoutFilmsIsNamed() throws IOException {
        var folder = Files.createDirectory(temporary.resolve("papers"));
        Files.writeString(folder.resolve("notes.txt"), "no film");
        assertRefused(process(folder.toString()), ExitCode.INPUT, "papers holds no film and no picture");
    }

    private static byte[] npy(int... shape) {
        var head = NpyHeader.of(NpyType.FLOAT32, shape).toBytes();
        var numbers = Arrays.stream(shape).reduce(1, (one, other) -> one * other);
        return Arrays.copyOf(head, head.length + 4 * numbers);
    }

    private Program.Ended processWithArrays(String layers, Object... namesAndShapes) throws IOException {
        var folder = Files.createDirectories(temporary.resolve("arrays"));
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            Files.write(folder.resolve(namesAndShapes[i] + ".npy"), npy((int[]) namesAndShapes[i + 1]));
        }
        return process(GRAPH, "--weights", folder.toString(), "--layers", layers);
    }

    private static int[] shape(int... sides) {
        return sides;
    }

    @Test
    void weightsThatLackALayerAreNamedWithIt() throws IOException {
        assertRefused(
                processWithArrays("conv1_2", "conv1_1_W", shape(3, 3, 3, 64), "conv1_1_b", shape(64)),
                ExitCode.WEIGHTS,
                "arrays",
                "conv1_2");
    }

    @Test
    void weightsOfAnotherShapeAreNamedWithBoth() throws IOException {
        assertRefused(
                processWithArrays("conv1_1", "conv1_1_W", shape(3, 3, 3, 32), "conv1_1_b", shape(32)),
                ExitCode.WEIGHTS,
                "arrays",
                "conv1_1",
                "32",
                "64");
    }

    @Test
    void weightsOfAnotherNetworkAreNoVgg16() throws IOException {
        var head = "{\"layer1.0.conv1.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
                .getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(12 + head.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(head.length)
                .put(head);
        var file = Files.write(temporary.resolve("resnet.safetensors"), bytes.array());
        assertRefused(process(GRAPH, "--weights", file.toString()), ExitCode.WEIGHTS, "resnet.safetensors");
    }

    @Test
    void weightsThatAreCutShortAreNamed() throws IOException {
        var folder = Files.createDirectories(temporary.resolve("arrays"));
        Files.write(folder.resolve("conv1_1_W.npy"), Arrays.copyOf(npy(3, 3, 3, 64), 3000));
        assertRefused(processWithArrays("conv1_1", "conv1_1_b", shape(64)), ExitCode.WEIGHTS, "conv1_1_W");
    }

    @ParameterizedTest
    @CsvSource({"conv1_3, conv1_", "conv_1_1, conv1_1", "pool6, pool", "fc9, fc", "34567, 34"})
    void layersThatAreNoneGetTheNearestOffered(String layer, String nearest) {
        assertRefused(process(GRAPH, "--layers", layer), ExitCode.USAGE, layer, nearest);
    }

    @ParameterizedTest
    @CsvSource({
        "16x16, conv1_1, USAGE, at least 32",
        "0x0, conv1_1, USAGE, at least 32",
        "32, conv1_1, USAGE, WIDTHxHEIGHT",
        "64x64, fc6, USAGE, 224x224",
        "64x64, fc6, USAGE, fc6conv",
        "224x224, 'fc6,fc6conv', USAGE, not computed together",
        "99999x99999, conv1_1, USAGE, 99999x99999",
        "6000x6000, conv1_1, DEVICE, 6000x6000"
    })
    void sizesThatTheNetworkCannotTakeAreRefused(String size, String layer, ExitCode code, String said) {
        assertRefused(process(GRAPH, "--size", size, "--layers", layer), code, said);
    }

    @Test
    void anOutputFolderThatCannotBeMadeIsNamed() throws IOException {
        var file = Files.writeString(temporary.resolve("taken"), "a file");
        assertRefused(process(GRAPH, "--out", file.toString()), ExitCode.OUTPUT, "taken", "a file lies in its way");
        assertRefused(
                process(GRAPH, "--out", file.resolve("below").toString()),
                ExitCode.OUTPUT,
                "taken",
                "a file lies in its way");
        var kernel = Path.of("/proc");
        Assumptions.assumeTrue(Files.isDirectory(kernel), "needs /proc");
        assertRefused(process(GRAPH, "--out", "/proc/chromaprep"), ExitCode.OUTPUT, "/proc/chromaprep");
    }

    @Test
    void aFolderThatHoldsARunWithOtherSettingsIsLeftAlone() throws IOException {
        assertThat(process(GRAPH).exit()).isZero();
        try (var files = Files.walk(temporary.resolve("out"))) {
            var manifest = files.filter(file -> file.endsWith("manifest.json"))
                    .findFirst()
                    .orElseThrow();
            var before = Files.readString(manifest);
            assertRefused(
                    process(GRAPH, "--clusters", "3"), ExitCode.OUTPUT, "--clusters was 2, is now 3", "--overwrite");
            assertThat(manifest).hasContent(before);
        }
    }

    @Test
    void aFilmThatClaimsMoreFramesThanItHasBytesIsNotBelieved() throws Exception {
        var film = film("claims.mkv", "mpeg4", 0, 1_000_000_000_000L);
        assertThat(process(film.toString(), "--dump", "dense").exit()).isZero();
    }

    @Test
    void tooLittleDiskForTheChosenDumpsIsToldBeforeTheFirstFrame() throws Exception {
        var longFilm = film("long.mkv", "mpeg4", 0, 160_000_000);
        // As large as 80 million frames can be, or the film would not be believed.
        Files.write(longFilm, new byte[100_000_000], StandardOpenOption.APPEND);
        assertRefused(process(longFilm.toString(), "--dump", "dense"), ExitCode.OUTPUT, "MB left", "--dump");
        assertThat(temporary.resolve("out/long")).doesNotExist();
    }
}

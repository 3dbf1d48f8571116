package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class MainTest {
    private static final String FILM = "lavfi:testsrc=size=64x48:rate=5:duration=0.4";

    @TempDir
    private Path temporary;

    private static Program.Ended run(Map<String, String> environment, String... arguments) {
        return Program.run(environment, List.of(arguments));
    }

    /** The command {@code process} on something small, with further arguments. */
    private Program.Ended process(Map<String, String> environment, String input, String... more) {
        var arguments = new ArrayList<>(List.of("process", input, "--annotate", "none"));
        arguments.addAll(Program.SMALL);
        arguments.addAll(List.of(more));
        if (!arguments.contains("--out")) {
            arguments.addAll(List.of("--out", temporary.resolve("out").toString()));
        }
        return run(environment, arguments.toArray(String[]::new));
    }

    private Program.Ended bare(String... more) {
        var arguments = new ArrayList<>(
                List.of("process", FILM, "--out", temporary.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return run(Map.of(), arguments.toArray(String[]::new));
    }

    private static void assertEnds(Program.Ended ended, ExitCode code, String... said) {
        assertThat(ended.exit()).as(ended.err()).isEqualTo(code.number());
        assertThat(ended.err()).contains(said).doesNotContain("\tat ").doesNotContain("fault of ChromaPrep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "process --help", "weights --help", "verify --help", "help process"})
    void helpAndVersionAreNoFailures(String line) {
        var ended = run(Map.of(), line.split(" "));
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("chromaprep");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertEnds(bare("--layer", "conv1_1"), ExitCode.USAGE, "--layer");
    }

    @Test
    void aMissingOutIsAUsageError() {
        assertEnds(run(Map.of(), "process", FILM), ExitCode.USAGE, "--out");
    }

    @Test
    void anUnknownLayerIsAUsageErrorThatOffersTheNearest() {
        assertEnds(bare("--layers", "conv3_4"), ExitCode.USAGE, "conv3_4", "conv3_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--size=32",
                "--size=16x16",
                "--fit=strech",
                "--dump=lables",
                "--clusters=300",
                "--cluster-mode=none",
                "--every=0",
                "--workers=0",
                "--shard-size=2GB",
                "--start=x",
                "--samples=0",
                "--weights=random:x",
                "--cluster-init=seeds",
                "--seeds=1,1",
                "--clusters=two"
            })
    void aBadValueIsAUsageErrorThatNamesIt(String option) {
        var arguments = new ArrayList<>(List.of(option));
        if (!option.startsWith("--weights")) {
            arguments.add("--weights=random");
        }
        if (!option.startsWith("--size")) {
            arguments.add("--size=32x32");
        }
        arguments.add("--layers=conv1_1");
        var value = option.substring(option.indexOf('=') + 1);
        var ended = bare(arguments.toArray(String[]::new));
        assertEnds(ended, ExitCode.USAGE, "chromaprep: ");
        assertThat(ended.err()).containsAnyOf(value, "--seeds");
    }

    @Test
    void anUnknownConfigurationKeyIsAUsageErrorThatOffersTheNearest() throws IOException {
        var file = Files.writeString(temporary.resolve("options.yml"), "cluster: 3\n");
        assertEnds(bare("--config", file.toString()), ExitCode.USAGE, "'cluster'", "'clusters'");
    }

    @ParameterizedTest
    @CsvSource({
        "'clusters: 2\nclusters: 5\n',twice,'clusters'",
        "'clusters: &n 2\nseed: *n\n',alias,*n",
        "'clusters: 2\n---\nclusters: 5\n',several documents,once"
    })
    void aConfigurationThatOtherReadersWouldTakeOtherwiseIsAUsageError(String text, String said, String more)
            throws IOException {
        var file = temporary.resolve("two.yml");
        Files.writeString(file, text);
        assertEnds(bare("--config", file.toString()), ExitCode.USAGE, "two.yml", said, more);
    }

    @Test
    void aConfigurationThatCannotBeReadIsAUsageError() throws IOException {
        assertEnds(
                bare("--config", temporary.resolve("none.yml").toString()),
                ExitCode.USAGE,
                "none.yml",
                "does not exist");
        var file = Files.writeString(temporary.resolve("bad.yml"), "a: [1\nb: {");
        assertEnds(bare("--config=" + file), ExitCode.USAGE, "bad.yml", "YAML");
        assertEnds(bare("--config"), ExitCode.USAGE, "--config");
    }

    @Test
    void anUnknownVariableOfOursIsAUsageErrorThatOffersTheNearest() {
        var ended = run(Map.of("CHROMAPREP_CLUSTER", "3"), "process", FILM, "--out", "x");
        assertEnds(ended, ExitCode.USAGE, "CHROMAPREP_CLUSTER;", "CHROMAPREP_CLUSTERS");
    }

    @Test
    void inputsThatAreNoFilmsAreInputErrors() throws IOException {
        assertEnds(process(Map.of(), temporary.resolve("none.mp4").toString()), ExitCode.INPUT, "none.mp4");
        var empty = Files.createFile(temporary.resolve("empty.mp4"));
        assertEnds(process(Map.of(), empty.toString()), ExitCode.INPUT, "empty.mp4");
        var text = Files.writeString(temporary.resolve("text.mp4"), "This is no film.\n".repeat(100));
        assertEnds(process(Map.of(), text.toString()), ExitCode.INPUT, "text.mp4");
        var folder = Files.createDirectory(temporary.resolve("nothing"));
        assertEnds(process(Map.of(), folder.toString()), ExitCode.INPUT, "nothing");
    }

    @Test
    void weightsThatAreNotThereAreAWeightsError() {
        assertEnds(bare("--weights", temporary.resolve("vgg.h5").toString()), ExitCode.WEIGHTS, "vgg.h5");
    }

    @Test
    void anOutputThatCannotBeWrittenIsAnOutputError() throws IOException {
        var file = Files.writeString(temporary.resolve("taken"), "a file");
        assertEnds(process(Map.of(), FILM, "--out", file.toString()), ExitCode.OUTPUT, "taken");
    }

    @Test
    void verifyingWhatIsNoRunIsAnOutputError() {
        assertEnds(run(Map.of(), "verify", temporary.toString()), ExitCode.OUTPUT, "manifest.json");
        assertEnds(run(Map.of(), "verify", temporary.resolve("none").toString()), ExitCode.OUTPUT, "none");
    }

    @Test
    void valuesComeFromTheCommandLineThenTheEnvironmentThenTheFileThenTheDefault() throws IOException {
        var file = Files.writeString(temporary.resolve("options.yml"), """
                samples: 20
                seed: 21
                clusters: 4
                dump: [luma, labels]
                """);
        var environment = Map.of("CHROMAPREP_SAMPLES", "30", "CHROMAPREP_SEED", "31", "PATH", "/bin");
        var ended = process(environment, FILM, "--config", file.toString(), "--samples", "40");
        assertEnds(ended, ExitCode.OK, "UNTRAINED");
        assertThat(ended.out()).contains("2 frames written", "0 lost");
        try (var folders = Files.list(temporary.resolve("out"))) {
            var manifest = Files.readString(
                    folders.filter(Files::isDirectory).findFirst().orElseThrow().resolve("manifest.json"));
            assertThat(manifest)
                    .contains(
                            "\"samples\" : \"40\"",
                            "\"seed\" : \"31\"",
                            "\"clusters\" : \"4\"",
                            "\"dump\" : \"luma,labels\"",
                            "\"fit\" : \"stretch\"",
                            "\"untrained\" : true");
        }
    }

    @Test
    void aRunIsSoundUntilAByteChanges() throws IOException {
        assertEnds(process(Map.of(), FILM), ExitCode.OK, "UNTRAINED");
        var out = temporary.resolve("out");
        var sound = run(Map.of(), "verify", out.toString());
        assertThat(sound.exit()).isZero();
        assertThat(sound.out()).contains("sound, complete", "2 frames written");
        try (var files = Files.walk(out)) {
            var shard = files.filter(each -> each.toString().endsWith(".tar"))
                    .findFirst()
                    .orElseThrow();
            var bytes = Files.readAllBytes(shard);
            bytes[600] ^= 1;
            Files.write(shard, bytes);
            var changed = run(Map.of(), "verify", out.toString());
            assertThat(changed.exit()).isEqualTo(ExitCode.OUTPUT.number());
            assertThat(changed.out()).contains(shard.getFileName().toString());
        }
    }

    @Test
    void otherSettingsOfTheSameFilmAreAnOutputError() {
        assertEnds(process(Map.of(), FILM), ExitCode.OK, "UNTRAINED");
        assertEnds(
                process(Map.of(), FILM, "--clusters", "3"),
                ExitCode.OUTPUT,
                "--clusters was 2, is now 3",
                "--overwrite");
        assertEnds(process(Map.of(), FILM, "--clusters", "3", "--overwrite"), ExitCode.OK, "UNTRAINED");
    }

    @Test
    void ofAFilmThatIsNotLiveTheDurationIsSoMuchFilm() {
        var film = "lavfi:testsrc=size=64x48:rate=5:duration=4";
        var ended = process(Map.of(), film, "--duration", "1.2");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("6 frames written");
        assertEnds(process(Map.of(), film, "--duration", "1.4"), ExitCode.OUTPUT, "duration");
    }
}

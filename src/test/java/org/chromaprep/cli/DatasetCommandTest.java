package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.chromaprep.files.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DatasetCommandTest {
    @TempDir
    private Path temporary;

    private static Program.Ended run(String... arguments) {
        return Program.run(Map.of(), List.of(arguments));
    }

    private Program.Ended process(String input, String... more) {
        var arguments = new ArrayList<>(List.of(
                "process",
                input,
                "--annotate",
                "none",
                "--clusters",
                "0",
                "--out",
                temporary.resolve("out").toString()));
        arguments.addAll(Program.SMALL);
        arguments.addAll(List.of(more));
        return Program.run(Map.of(), arguments);
    }

    @Test
    void aFilmBecomesADataSetAndIsShown() {
        var processed = process(
                "lavfi:testsrc2=size=64x48:rate=5:duration=1",
                "--dump",
                "luma,samples,ab,bins,histograms",
                "--sampling",
                "colour",
                "--samples",
                "16",
                "--sample-margin",
                "2",
                "--per-scene",
                "3",
                "--blank",
                "skip");
        assertThat(processed.exit()).as(processed.err()).isZero();
        var out = temporary.resolve("out").toString();
        var built = run("dataset", "build", out, "--split", "scene", "--shares", "100,0,0");
        assertThat(built.exit()).as(built.err()).isZero();
        assertThat(built.out())
                .contains("train: 3 samples in 1 shards")
                .containsPattern(" 0\\.0\\d\\d MB a sample")
                .contains("1 films in");
        assertThat(built.err()).contains("nothing fell to val");
        assertThat(run("dataset", "show", out).exit()).isZero();
        assertThat(Files.exists(temporary.resolve("out/dataset/show.html"))).isTrue();
    }

    @Test
    void aShotOfAFilmInAnotherPartIsLeftOut() throws Exception {
        var cut = "lavfi:testsrc=size=64x48:rate=5:duration=1";
        assertThat(process(cut, "--dump", "samples,ab").exit()).isZero();
        assertThat(process(
                                cut
                                        + ",format=rgb24[a];mandelbrot=size=64x48:rate=5,trim=end_frame=20,format=rgb24[b];[a][b]concat",
                                "--dump",
                                "samples,ab")
                        .exit())
                .isZero();
        var films = Arrays.stream(temporary.resolve("out").toFile().list())
                .filter(name -> name.startsWith("lavfi"))
                .sorted()
                .toList();
        assertThat(films).hasSize(2);
        var table = Files.writeString(
                        temporary.resolve("films.csv"),
                        "film,split\n" + films.get(0) + ",train\n" + films.get(1) + ",test\n")
                .toString();
        var out = temporary.resolve("out").toString();
        var told = run("dataset", "build", out, "--table", table);
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.err())
                .contains("1 scenes show shots of films in another part")
                .contains("5 samples are left out");
        assertThat(Files.readString(temporary.resolve("out/dataset/frames.jsonl")))
                .contains("the same shot as scene 0 of " + films.get(0) + ", which is in train");
    }

    @Test
    void noLeastChangeUndoesAConfigurationFiles() throws Exception {
        var config = Files.writeString(temporary.resolve("still.yaml"), "min-change: 6\n")
                .toString();
        var film = "lavfi:color=gray:size=64x48:rate=5:duration=1";
        assertThat(process(film, "--config", config).out()).contains("1 frames written, 4 skipped");
        assertThat(process(film, "--config", config, "--min-change", "0", "--overwrite")
                        .out())
                .contains("5 frames written, 0 skipped");
        var out = temporary.resolve("out").toString();
        assertThat(run(
                                "dataset",
                                "build",
                                out,
                                "--targets",
                                "any",
                                "--split",
                                "scene",
                                "--shares",
                                "100,0,0",
                                "--min-change",
                                "6")
                        .out())
                .contains("train: 1 samples");
        assertThat(run(
                                "dataset",
                                "build",
                                out,
                                "--targets",
                                "any",
                                "--split",
                                "scene",
                                "--shares",
                                "100,0,0",
                                "--min-change",
                                "0",
                                "--overwrite")
                        .out())
                .contains("train: 5 samples");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--split frame; one scene",
                "--split reel; 'reel'",
                "--shares 80,20; three percentages",
                "--shares 80,10,20; sum to 100",
                "--targets some; 'some'",
                "--min-change 40; 1 to 32 bits",
                "--table none.csv; none.csv is not there"
            })
    void valuesThatMakeNoSenseAreUsageErrors(String option, String said) {
        var arguments = new ArrayList<>(List.of("dataset", "build", temporary.toString()));
        arguments.addAll(List.of(option.split(" ")));
        var ended = Program.run(Map.of(), arguments);
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ended.err()).contains(said).doesNotContain("fault of ChromaPrep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--crop 10x",
                "--crop 0x5+1+1",
                "--sampling edge",
                "--sample-margin -1",
                "--tinted yes",
                "--deinterlace maybe",
                "--per-scene 0",
                "--min-change 40",
                "--blank drop",
                "--sample-margin 16"
            })
    void wrongTrainingOptionsAreUsageErrors(String option) {
        var ended = process("lavfi:testsrc=size=64x48:rate=5:duration=0.4", option.split(" "));
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ended.err())
                .contains(option.startsWith("--crop 0") ? "A crop" : option.split(" ")[0])
                .doesNotContain("fault of ChromaPrep");
    }

    @Test
    void withoutANetworkPicturesColoursAndClassesAreWritten() throws Exception {
        var ended = Program.run(
                Map.of(),
                withOut(List.of(
                        "--layers",
                        "none",
                        "--clusters",
                        "0",
                        "--annotate",
                        "none",
                        "--size",
                        "32x32",
                        "--dump",
                        "luma,samples,ab,lab,rgb,bins",
                        "--bins",
                        "published",
                        "--samples",
                        "16",
                        "--luma-size",
                        "24")));
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("no network").doesNotContain("UNTRAINED");
        var out = temporary.resolve("out").toString();
        var built = run("dataset", "build", out, "--split", "scene", "--shares", "100,0,0");
        assertThat(built.exit()).as(built.err()).isZero();
        var index = Json.MAPPER.readTree(
                temporary.resolve("out/dataset/dataset.json").toFile());
        assertThat(index.get("bins")).hasSize(313);
        assertThat(run("verify", out).exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--clusters 2 --annotate none; --clusters 0",
                "--clusters 0; --annotate none",
                "--clusters 0 --annotate none --dump maps; --dump maps",
                "--clusters 0 --annotate none --project 3; --project",
                "--clusters 0 --annotate none --luma-size big; 'big'",
                "--clusters 0 --annotate none --clip-frames 0; --clip-frames",
                "--clusters 0 --annotate none --bins all; 'all'"
            })
    void whatNeedsANetworkIsRefusedWithoutOne(String options, String said) {
        var arguments = new ArrayList<>(List.of("--layers", "none"));
        arguments.addAll(List.of(options.split(" ")));
        var ended = Program.run(Map.of(), withOut(arguments));
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ended.err()).contains(said).doesNotContain("fault of ChromaPrep");
    }

    private List<String> withOut(List<String> options) {
        var arguments = new ArrayList<>(List.of(
                "process",
                "lavfi:testsrc2=size=64x48:rate=5:duration=0.4",
                "--out",
                temporary.resolve("out").toString()));
        arguments.addAll(options);
        return arguments;
    }

    @ParameterizedTest
    @ValueSource(strings = {"larsson", "zhang", "training"})
    void profilesAreValid(String profile) {
        var ended = run(
                "process",
                temporary.resolve("none.mp4").toString(),
                "--out",
                temporary.resolve("out").toString(),
                "--config",
                "config/" + profile + ".yaml",
                "--weights",
                "random");
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.INPUT.number());
        assertThat(ended.err()).contains("none.mp4");
    }
}

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

@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class InspectCommandTest {
    private static final String FILM = "lavfi:testsrc=size=64x48:rate=5:duration=0.4";

    @TempDir
    private Path temporary;

    private Program.Ended inspect(String input, String... more) {
        var arguments = new ArrayList<>(List.of(
                "inspect",
                input,
                "--weights",
                "random:3",
                "--size",
                "32x32",
                "--out",
                temporary.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return Program.run(Map.of(), arguments);
    }

    @Test
    void oneFrameGivesAPageTheNumbersAndAContactSheetMarkedUntrained() {
        var ended = inspect(
                FILM,
                "--layers",
                "1,3,4",
                "--maps",
                "3:2",
                "--average",
                "1,3",
                "--average",
                "4",
                "--clusters",
                "3,2",
                "--seeds",
                "1,1;30,30",
                "--pixel",
                "4,5",
                "--normalize",
                "layer",
                "--frame",
                "1");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("frame 1 at 0.200 s", "inspect.html");
        assertThat(ended.err()).contains("UNTRAINED", "224x224");
        assertThat(temporary.resolve("out"))
                .isDirectoryContaining("glob:**/inspect.json")
                .isDirectoryContaining("glob:**/inspect.html")
                .isDirectoryContaining("glob:**/inspect.png")
                .isDirectoryContaining("glob:**/map-conv1_2-2.png")
                .isDirectoryContaining("glob:**/average-conv1_1-conv1_2.png")
                .isDirectoryContaining("glob:**/average-pool1.png")
                .isDirectoryContaining("glob:**/clusters-k3.png")
                .isDirectoryContaining("glob:**/similarity-4-5.png")
                .isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--layers 2,3 | zero-padding | 1 (conv1_1) | 3 (conv1_2)",
                "--layers 33 | dropout | 32 (fc6) | 34 (fc7)",
                "--maps 5:1 | zero-padding | 4 (pool1) | 6 (conv2_1)",
                "--average 3,7 | zero-padding | 6 (conv2_1) | 8 (conv2_2)",
                "--maps conv1_2:64 | conv1_2 | 0 to 63 | 64",
                "--maps conv1_2 | --maps | LAYER:CHANNEL | conv1_2",
                "--pixel 32,0 | --pixel | 32x32 | 32,0",
                "--pixel middle | --pixel | X,Y | middle",
                "--clusters 0 | --clusters | 1 to 64 | 0",
                "--clusters two | --clusters | 2,4,8 | two",
                "--seeds 1,1;2,2;3,3 | --seeds | 3 pixels | one pixel a cluster",
                "--normalize rms | --normalize | layer | rms",
                "--samples 3 | --samples | 16 | 3",
                "--frame -1 | --frame | from 0 | -1",
                "--layers fc6 | fc6 | 224x224 | 32x32",
                "--frame 1 --at 0.1 | --at | --frame | one of them",
            })
    void aBadValueIsAUsageErrorThatNamesItAndTheRemedy(String options, String first, String second, String third) {
        var ended = inspect(FILM, options.split(" "));

        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ended.err()).contains(first, second, third).doesNotContain("\tat ");
        assertThat(temporary.resolve("out")).doesNotExist();
    }

    @Test
    void inputsThatAreNoPicturesOrHaveNoSuchFrameAreInputErrors() throws IOException {
        var text = Files.writeString(temporary.resolve("text.png"), "this is not a picture\n");

        for (var ended : List.of(
                inspect(text.toString()),
                inspect("none.png"),
                inspect(FILM, "--frame", "2"),
                inspect(FILM, "--at", "0:09"))) {
            assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.INPUT.number());
            assertThat(ended.err()).startsWith("chromaprep: ").doesNotContain("\tat ");
        }
        assertThat(temporary.resolve("out")).doesNotExist();
    }

    @Test
    void anOutThatIsAFileIsAUsageError() throws IOException {
        var file = Files.writeString(temporary.resolve("taken"), "");

        var ended = Program.run(Map.of(), List.of("inspect", FILM, "--out", file.toString()));

        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ended.err()).contains("taken");
    }
}

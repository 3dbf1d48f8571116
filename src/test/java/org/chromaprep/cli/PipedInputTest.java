package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.chromaprep.video.Rational;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program in a process of its own, whose standard input stays open and falls silent. */
@Tag("slow")
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class PipedInputTest {
    private static final int FRAMES = 120;

    @TempDir
    private Path temporary;

    private Process start(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "process",
                "-",
                "--out",
                temporary.resolve("out").toString(),
                "--annotate",
                "none",
                "--dump",
                "luma",
                "--shard-frames",
                "20"));
        arguments.addAll(Program.SMALL);
        arguments.addAll(List.of(more));
        return Program.start(log(), arguments);
    }

    private Path log() {
        return temporary.resolve("log");
    }

    private byte[] film() throws Exception {
        var file = temporary.resolve("film.nut");
        var settings = new EncoderSettings("mpeg4", 64, 48, new Rational(1, 1000), new Rational(25, 1), 1);
        try (var writer = VideoWriter.open(file, settings)) {
            var random = new Random(1);
            for (var frame = 0; frame < FRAMES; frame++) {
                writer.write(random.ints(64 * 48, 0, 1 << 24).toArray(), 40L * frame);
            }
            writer.finish();
        }
        return Files.readAllBytes(file);
    }

    private Process startAndSend(String... more) throws Exception {
        var film = film();
        var program = start(more);
        program.getOutputStream().write(film);
        program.getOutputStream().flush();
        return program;
    }

    private List<String> ledger() throws IOException {
        return Files.readAllLines(temporary.resolve("out").resolve("stdin").resolve("frames.jsonl"));
    }

    @Test
    void aPipeThatHappensNowAndFallsSilentCountsAsGone() throws Exception {
        var program = startAndSend("--live", "--read-timeout", "0.5");
        assertThat(program.waitFor()).isEqualTo(ExitCode.INPUT.number());
        assertThat(ledger()).hasSizeGreaterThan(FRAMES - 5);
        assertThat(ledger().get(ledger().size() - 1)).contains("\"lost\"").contains("the read timeout");
    }

    @Test
    void theDurationEndsAPipeThatIsSilent() throws Exception {
        var program = startAndSend("--duration", "5");
        assertThat(program.waitFor()).isZero();
        assertThat(ledger()).isNotEmpty().noneMatch(line -> line.contains("\"lost\""));
    }

    @Test
    void theDurationEndsAPipeThatNeverSaysAnything() throws Exception {
        var program = start("--duration", "0.5");
        assertThat(program.waitFor()).isEqualTo(ExitCode.INPUT.number());
        assertThat(Files.readString(log())).contains("stdin sends nothing");
    }

    @Test
    void aPipeThatHappensNowAndNeverSaysAnythingIsASentence() throws Exception {
        var program = start("--live", "--connect-timeout", "0.3");
        assertThat(program.waitFor()).isEqualTo(ExitCode.INPUT.number());
        assertThat(Files.readString(log())).contains("--connect-timeout").doesNotContain("\tat ");
    }

    @Test
    void aStopEndsAPipeThatIsSilent() throws Exception {
        var program = startAndSend();
        Assumptions.assumeTrue(program.supportsNormalTermination(), "needs SIGTERM");
        var shards = temporary.resolve("out").resolve("stdin").resolve("shards");
        while (!Files.exists(shards.resolve("stdin-000000.tar"))) {
            Thread.onSpinWait();
        }
        program.destroy();
        assertThat(program.waitFor()).isEqualTo(ExitCode.INTERRUPTED.number());
    }
}

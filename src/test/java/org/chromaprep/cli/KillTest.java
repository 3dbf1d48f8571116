package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.chromaprep.files.Json;
import org.chromaprep.output.film.Verifier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends the program from outside, in the middle of a run, and lets it go on. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class KillTest {
    private static final String FILM = "lavfi:testsrc=size=64x48:rate=25:duration=16";
    private static final int FRAMES = 400;
    /** Enough of them that a run is still going on when a signal reaches it. */
    private static final int FRAMES_A_SHARD = 50;

    private static final List<String> NOT_ITS_TIME = List.of("manifest.json", ".lock", "run.jsonl", "report.html");
    private static final Duration GUARD = Duration.ofSeconds(120);

    @TempDir
    private Path temporary;

    private static List<String> arguments(Path out) {
        return List.of(
                "process",
                FILM,
                "--out",
                out.toString(),
                "--layers",
                "conv1_1,conv1_2",
                "--size",
                "64x64",
                "--weights",
                "random",
                "--workers",
                "1",
                "--engine",
                "nd4j",
                "--shard-frames",
                String.valueOf(FRAMES_A_SHARD),
                "--codec",
                "mpeg4",
                "--dump",
                "labels");
    }

    private static Process start(Path out) throws IOException {
        return start(out, arguments(out));
    }

    private static Process start(Path out, List<String> arguments) throws IOException {
        return Program.start(out.resolveSibling("log"), arguments);
    }

    private static int finish(Path out) throws Exception {
        var program = start(out);
        assertThat(program.waitFor(GUARD.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return program.exitValue();
    }

    private static Path folder(Path out) throws IOException {
        try (var folders = Files.list(out)) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    /** Waits until a run has written a shard's first bytes. */
    private static void awaitShard(Path out, int shard) {
        Assertions.assertTimeoutPreemptively(GUARD, () -> {
            while (!Files.isDirectory(out) || isBeforeShard(out, shard)) {
                Thread.onSpinWait();
            }
        });
    }

    private static boolean isBeforeShard(Path out, int shard) throws IOException {
        try (var files = Files.walk(out)) {
            return files.noneMatch(file -> file.toString().contains(String.format(Locale.ROOT, "%06d.tar", shard)));
        } catch (UncheckedIOException renamed) {
            // A temporary file got its name while the folder was listed.
            return true;
        }
    }

    /** All that a run leaves but what tells when it ran. */
    private static Map<String, ByteBuffer> bytes(Path out) throws IOException {
        var files = new TreeMap<String, ByteBuffer>();
        try (var paths = Files.walk(out)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                if (NOT_ITS_TIME.stream().noneMatch(path::endsWith)) {
                    files.put(out.relativize(path).toString(), ByteBuffer.wrap(Files.readAllBytes(path)));
                }
            }
        }
        return files;
    }

    private static void assertSound(Path out, boolean complete) throws Exception {
        var report = Verifier.verify(out).get(0);
        assertThat(report.findings()).isEmpty();
        assertThat(report.complete()).isEqualTo(complete);
    }

    @Test
    void aRunThatIsKilledAgainAndAgainEndsWithTheBytesOfAnUndisturbedOne() throws Exception {
        var out = Files.createDirectories(temporary.resolve("killed"));
        for (var shard : new int[] {1, 4}) {
            var program = start(out);
            awaitShard(out, shard);
            program.destroyForcibly().waitFor();
            assertSound(out, false);
        }
        assertThat(finish(out)).isZero();
        assertSound(out, true);
        assertThat(bytes(out)).isEqualTo(bytes(undisturbed())).hasSizeGreaterThan(2 * FRAMES / FRAMES_A_SHARD);
    }

    @Test
    void anInterruptedRunEndsWith130AndGoesOn() throws Exception {
        var out = Files.createDirectories(temporary.resolve("interrupted"));
        var program = start(out);
        awaitShard(out, 2);
        // Not SIGINT: whoever starts the tests in the background has it ignored, and children inherit that.
        Assumptions.assumeTrue(program.supportsNormalTermination(), "needs SIGTERM");
        program.destroy();
        assertThat(program.waitFor(GUARD.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(ExitCode.INTERRUPTED.number());
        assertSound(out, false);
        assertThat(folder(out).resolve("annotated.mp4")).isNotEmptyFile();
        assertThat(finish(out)).isZero();
        assertSound(out, true);
        assertThat(bytes(out)).isEqualTo(bytes(undisturbed()));
    }

    /** The same as one long shard, or without any, committed between the video's groups of frames. */
    private static List<String> oftenCommitted(Path out, String dump) {
        var arguments = new ArrayList<>(arguments(out));
        arguments.set(arguments.indexOf("--shard-frames") + 1, String.valueOf(FRAMES));
        arguments.set(arguments.indexOf("--dump") + 1, dump);
        arguments.addAll(List.of("--commit-every", "0"));
        return arguments;
    }

    /** Waits until so many frames are committed. */
    private static void awaitCommit(Path out, long frames) {
        Assertions.assertTimeoutPreemptively(GUARD, () -> {
            while (committed(out) < frames) {
                Thread.onSpinWait();
            }
        });
    }

    private static long committed(Path out) throws IOException {
        try {
            var manifest = folder(out).resolve("manifest.json");
            return Files.exists(manifest)
                    ? Json.MAPPER
                            .readTree(Files.readAllBytes(manifest))
                            .path("ledger")
                            .path("written")
                            .asLong()
                    : 0;
        } catch (NoSuchElementException | NoSuchFileException early) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels", "none"})
    void aRunThatIsStoppedInTheMiddleOfAShardGoesOnThereAndEndsWithTheSameBytes(String dump) throws Exception {
        var out = Files.createDirectories(temporary.resolve("stopped"));
        var before = 0L;
        for (var frames : new int[] {50, 150, 250}) {
            var program = start(out, oftenCommitted(out, dump));
            awaitCommit(out, frames);
            if (frames == 150) {
                program.destroy();
            } else {
                program.destroyForcibly();
            }
            assertThat(program.waitFor(GUARD.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertSound(out, false);
            assertThat(committed(out)).isGreaterThanOrEqualTo(Math.max(frames, before));
            before = frames;
        }
        var last = start(out, oftenCommitted(out, dump));
        assertThat(last.waitFor(GUARD.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();
        assertSound(out, true);
        var whole = Files.createDirectories(temporary.resolve("whole"));
        var arguments = oftenCommitted(whole, dump);
        arguments.set(arguments.indexOf("--commit-every") + 1, "3600");
        assertThat(Program.run(Map.of(), arguments).exit()).isZero();
        assertThat(bytes(out)).isEqualTo(bytes(whole));
    }

    private Path undisturbed() throws IOException {
        var out = Files.createDirectories(temporary.resolve("undisturbed"));
        assertThat(Program.run(Map.of(), arguments(out)).exit()).isZero();
        return out;
    }
}

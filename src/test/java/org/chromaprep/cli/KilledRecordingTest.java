package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kills the program while it records a film that happens now. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class KilledRecordingTest {
    private static final Duration GUARD = Duration.ofSeconds(120);

    @TempDir
    private Path temporary;

    private Process start(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "process",
                "lavfi:testsrc=size=64x48:rate=25",
                "--out",
                temporary.resolve("out").toString(),
                "--codec",
                "mpeg4",
                "--dump",
                "none",
                "--live",
                "--segment",
                "1s"));
        arguments.addAll(Program.SMALL);
        arguments.addAll(List.of(more));
        return Program.start(temporary.resolve("log"), arguments);
    }

    private Path folder() {
        return temporary.resolve("out").resolve("lavfi_testsrc_size_64x48_rate_25");
    }

    private List<Path> films() throws IOException {
        if (!Files.isDirectory(folder().resolve("recording"))) {
            return List.of();
        }
        try (var files = Files.list(folder().resolve("recording"))) {
            return files.filter(file -> file.toString().endsWith(".mp4"))
                    .sorted()
                    .toList();
        }
    }

    private void awaitFilms(int count) {
        Assertions.assertTimeoutPreemptively(GUARD, () -> {
            while (films().size() < count) {
                Thread.onSpinWait();
            }
        });
    }

    private static void assertPlays(Path film) throws Exception {
        try (var source = Sources.open(new FilmFile(film), SourceOptions.DEFAULT);
                var picture = new Picture()) {
            assertThat(source.read(picture)).as(film.toString()).isInstanceOf(FrameRead.class);
        }
    }

    @Test
    void everyFilmOfARunThatIsKilledAsItBeginsOneCanBePlayed() throws Exception {
        for (var more = 1; more <= 3; more++) {
            var before = films().size();
            var program = start();
            awaitFilms(before + more);
            program.destroyForcibly().waitFor();
            for (var film : films()) {
                assertPlays(film);
            }
        }
        assertThat(films()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void theLedgerTellsOfARunThatWasKilledBeforeItCommittedAnything() throws Exception {
        var killed = start();
        awaitFilms(1);
        killed.destroyForcibly().waitFor();
        var program = start("--duration", "0.5");
        assertThat(program.waitFor(GUARD.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(ExitCode.INPUT.number());
        var report = Verifier.verify(temporary.resolve("out")).get(0);
        assertThat(report.findings()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(Files.readAllLines(folder().resolve("frames.jsonl")).get(0))
                .contains("\"lost\"")
                .contains("cut off");
    }
}

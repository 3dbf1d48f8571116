package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.chromaprep.files.DiskProbe;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DiskWatchTest {
    private static final FilmProgress DEAF = new FilmProgress() {
        @Override
        public void begin(String name, OptionalLong frames, long done) {}

        @Override
        public void frame(LedgerCounts counts) {}

        @Override
        public void end() {}
    };

    private final StringWriter said = new StringWriter();
    private final CountDownLatch answer = new CountDownLatch(1);
    private long passed;
    private boolean isSilent;
    private int asked;

    private final DiskWatch watch = new DiskWatch(
            new Messages(new PrintWriter(new StringWriter()), new PrintWriter(said)),
            () -> passed,
            Clock.fixed(Instant.parse("2026-11-26T21:04:12Z"), ZoneOffset.UTC),
            ZoneOffset.UTC,
            Path.of("out"),
            new DiskProbe(() -> {}),
            file -> new DiskProbe(this::ask));

    private void ask() {
        asked++;
        if (isSilent) {
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void pass(int seconds) {
        passed += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void aSilentDiskIsNamedOnceWithSinceWhenAndAgainWhenItAnswers() {
        isSilent = true;
        try (var reading = watch.reading(List.of(Path.of("nas/film.mp4")))) {
            assertThat(reading).isNotNull();
            pass(6);
            watch.look();
            watch.look();
            assertThat(said.toString())
                    .isEqualTo(
                            "chromaprep: waiting for the disk of nas/film.mp4, which has not answered since 21:04:10;"
                                    + " the run continues when it does" + System.lineSeparator());
            pass(60);
            isSilent = false;
            answer.countDown();
            watch.look();
            watch.look();
        }
        assertThat(said.toString().lines().skip(1))
                .containsExactly("chromaprep: the disk of nas/film.mp4 answers again, after 60 s");
        assertThat(asked).isLessThanOrEqualTo(2);
    }

    @Test
    void aRunThatGetsOnAsksNoDisk() {
        var film = watch.with(DEAF);
        try (var reading = watch.reading(List.of(Path.of("nas/film.mp4")))) {
            assertThat(reading).isNotNull();
            for (var frame = 0; frame < 10; frame++) {
                pass(4);
                film.frame(new LedgerCounts(frame, frame, 0, 0, 0));
                watch.look();
            }
            assertThat(asked).isZero();
            pass(5);
            watch.look();
            assertThat(asked).isEqualTo(1);
        }
        pass(5);
        watch.look();
        assertThat(asked).as("questions once the film is closed").isEqualTo(1);
        assertThat(said.toString()).isEmpty();
    }
}

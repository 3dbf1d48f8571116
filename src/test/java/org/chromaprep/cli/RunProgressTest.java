package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private static final FilmProgress DEAF = new FilmProgress() {
        @Override
        public void begin(String name, OptionalLong frames, long done) {}

        @Override
        public void frame(LedgerCounts counts) {}

        @Override
        public void end() {}
    };

    private final StringWriter said = new StringWriter();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SetClock clock = new SetClock();
    private long passed = -5;

    private void pass(Duration time) {
        passed += time.toNanos();
        clock.now = clock.now.plus(time);
    }

    private final RunProgress run = new RunProgress(
            new Messages(new PrintWriter(said), new PrintWriter(said)), registry, () -> passed, clock, ZoneOffset.UTC);

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T22:10:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static LedgerCounts read(long frames) {
        return new LedgerCounts(frames, frames, 0, 0, 0);
    }

    @Test
    void theRunTellsItsFilmItsPartAndItsEndByItsOwnRate() {
        run.begin(212, 10, 7_500);
        var film = run.with(DEAF);
        // Another night has read 300 frames of it, in no time as far as this one is concerned.
        film.begin("film", OptionalLong.of(660), 300);
        pass(Duration.ofMinutes(18));
        film.frame(read(660));
        assertThat(said.toString()).contains("film 11 of 212, 5 %, ends Tuesday 04:10");
        assertThat(registry.get("chromaprep.run.films").gauge().value()).isEqualTo(212);
        assertThat(registry.get("chromaprep.run.film").gauge().value()).isEqualTo(11);
        assertThat(registry.get("chromaprep.run.done").gauge().value()).isEqualTo(0.05);
        assertThat(registry.get("chromaprep.run.end").gauge().value())
                .isEqualTo(Instant.parse("2026-11-24T04:10:00Z").getEpochSecond());
    }

    @Test
    void readingAgainUpToWhereTheRunContinuesIsNoneOfItsRate() {
        run.begin(2, 0, 1_000);
        var film = run.with(DEAF);
        film.begin("film", OptionalLong.of(600), 500);
        pass(Duration.ofHours(1));
        film.reread(499, 500);
        pass(Duration.ofMinutes(10));
        film.frame(read(600));
        // 100 frames in 10 minutes since then, and 400 to come.
        assertThat(said.toString()).contains("film 1 of 2, 20 %, ends Tuesday 00:00");
    }

    @Test
    void aSingleFilmHasNoLineOfItsRun() {
        run.begin(1, 0, 100);
        var film = run.with(DEAF);
        film.begin("film", OptionalLong.of(100), 0);
        pass(Duration.ofMinutes(5));
        film.frame(read(50));
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void filmsThatDoNotTellTheirLengthLeaveTheEndOpen() {
        run.begin(3, 0, 0);
        run.with(DEAF).begin("film", OptionalLong.empty(), 0);
        assertThat(run.sentence()).isEqualTo("film 1 of 3");
        assertThat(registry.get("chromaprep.run.end").gauge().value()).isNaN();
    }

    @Test
    void aClockThatIsSetBackADayChangesNeitherTheRateNorWhenLinesCome() {
        run.begin(4, 0, 4_000);
        var film = run.with(DEAF);
        film.begin("film", OptionalLong.of(1_000), 0);
        pass(Duration.ofMinutes(10));
        film.frame(read(100));
        clock.now = clock.now.minus(Duration.ofDays(1));
        pass(Duration.ofMinutes(10));
        film.frame(read(200));
        // 3,800 frames at 10 a minute, from Sunday 22:30.
        assertThat(said.toString().lines().toList().get(1)).endsWith("film 1 of 4, 5 %, ends Monday 04:50");
        clock.now = clock.now.plus(Duration.ofDays(30));
        film.frame(read(300));
        assertThat(said.toString().lines()).hasSize(2);
    }
}

package org.chromaprep.cli;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.pipeline.watch.ProgressInTurn;

/**
 * The progress of the whole run: "film 12 of 212, 5 %, ends Tuesday 04:10", now and then among the messages, and as metrics. The rate is
 * that of this run, by a clock that nobody sets; only the end that is given is the wall clock's. Safe for use by several threads.
 */
final class RunProgress {
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("EEEE HH:mm", Locale.ENGLISH);
    private static final double MILLI = 1e3;
    private static final double NANOS_A_MILLI = 1e6;

    private final Messages messages;
    private final LongSupplier nanos;
    private final Clock clock;
    private final ZoneId zone;
    private int films;
    private int begun;
    private long expected;
    private long computed;
    private long start;
    private long lastSaid;

    /**
     * @param clock of the wall
     * @param zone of the user, in which ends are given
     */
    RunProgress(Messages messages, MeterRegistry registry, Clock clock, ZoneId zone) {
        this(messages, registry, System::nanoTime, clock, zone);
    }

    /** As the other one, by another clock for how long things take. */
    RunProgress(Messages messages, MeterRegistry registry, LongSupplier nanos, Clock clock, ZoneId zone) {
        this.messages = messages;
        this.nanos = nanos;
        this.clock = clock;
        this.zone = zone;
        Gauge.builder("chromaprep.run.films", this, each -> each.films)
                .description("Films of the run")
                .register(registry);
        Gauge.builder("chromaprep.run.film", this, each -> each.begun)
                .description("The film in hand, counted from 1")
                .register(registry);
        Gauge.builder("chromaprep.run.done", this, RunProgress::share)
                .description("The part of the run's frames that is done, 0 to 1")
                .register(registry);
        Gauge.builder("chromaprep.run.end", this, RunProgress::endSeconds)
                .description(
                        "When the run ends by its own rate, in seconds since 1970; not a number as long as nobody knows")
                .register(registry);
    }

    /**
     * The run begins.
     *
     * @param count films in it
     * @param done of these that were finished before
     * @param frames of the others, as far as they say; 0 if they do not
     */
    synchronized void begin(int count, int done, long frames) {
        films = count;
        begun = done;
        expected = frames;
        start = nanos.getAsLong();
        lastSaid = start;
    }

    /** Takes the progress of one thread's films and passes it on. */
    FilmProgress with(FilmProgress next) {
        return new ProgressInTurn(new Counting(), next);
    }

    private final class Counting implements FilmProgress {
        private long last;

        @Override
        public void begin(String name, OptionalLong frames, long done) {
            last = done;
            film(done);
        }

        @Override
        public void reread(long frame, long until) {
            goes();
        }

        @Override
        public void frame(LedgerCounts counts) {
            var now = counts.decoded() + counts.lost();
            frames(now - last);
            last = now;
        }

        @Override
        public void end() {}
    }

    // Frames of earlier nights are none of this run's rate.
    private synchronized void film(long done) {
        // A film that is tried again is none more.
        begun = Math.min(films, begun + 1);
        expected = Math.max(0, expected - done);
    }

    // Nor is the time that it takes to get where this run continues.
    private synchronized void goes() {
        if (computed == 0) {
            start = nanos.getAsLong();
        }
    }

    private synchronized void frames(long count) {
        computed += count;
        var now = nanos.getAsLong();
        if (films > 1 && now - lastSaid >= EVERY.toNanos()) {
            lastSaid = now;
            messages.say(sentence());
        }
    }

    private synchronized double share() {
        return expected > 0 ? Math.min(1, (double) computed / expected) : 0;
    }

    /** The run in a line. */
    synchronized String sentence() {
        var text = String.format(Locale.ROOT, "film %d of %d", begun, films);
        var end = end();
        return end.isEmpty()
                ? text
                : text
                        + String.format(Locale.ROOT, ", %.0f %%, ends ", 100 * share())
                        + END.format(Instant.ofEpochMilli(end.getAsLong()).atZone(zone));
    }

    /** When the run ends, in milliseconds since 1970; empty as long as it has computed nothing, or does not know how much there is. */
    private OptionalLong end() {
        if (expected == 0 || computed == 0) {
            return OptionalLong.empty();
        }
        var perFrame = (nanos.getAsLong() - start) / NANOS_A_MILLI / computed;
        return OptionalLong.of(clock.millis() + Math.round(perFrame * Math.max(0, expected - computed)));
    }

    private synchronized double endSeconds() {
        var end = end();
        return end.isPresent() ? end.getAsLong() / MILLI : Double.NaN;
    }
}

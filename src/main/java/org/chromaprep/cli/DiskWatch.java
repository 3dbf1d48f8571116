package org.chromaprep.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.chromaprep.files.DiskProbe;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.pipeline.watch.ProgressInTurn;

/**
 * Says which disk a run waits for, since when, and when it answers again: a disk of a network that is silent stops whoever reads or
 * writes, who then can say nothing. Disks are asked only while no frame is finished. Safe for use by several threads.
 */
final class DiskWatch implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final double NANO = 1e9;

    private final Messages messages;
    private final LongSupplier nanos;
    private final Clock clock;
    private final ZoneId zone;
    private final Function<Path, DiskProbe> reading;
    private final Map<Path, DiskProbe> places = new LinkedHashMap<>();
    private final Map<Path, Long> silent = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long last;

    /** What lasts as long as something is read. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    DiskWatch(
            Messages messages,
            LongSupplier nanos,
            Clock clock,
            ZoneId zone,
            Path out,
            DiskProbe writing,
            Function<Path, DiskProbe> reading) {
        this.messages = messages;
        this.nanos = nanos;
        this.clock = clock;
        this.zone = zone;
        this.reading = reading;
        places.put(out, writing);
        last = nanos.getAsLong();
    }

    /** Begins to watch the disk of an output folder. Whoever calls it closes it. */
    static DiskWatch open(Messages messages, Path out) {
        var watch = new DiskWatch(
                messages,
                System::nanoTime,
                Clock.systemUTC(),
                ZoneId.systemDefault(),
                out,
                DiskProbe.ofWriting(out),
                DiskProbe::ofReading);
        var thread = new Thread(watch::watch, "chromaprep-disk-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Watches the disk that a film is on, too. */
    Watching reading(List<Path> files) {
        if (files.isEmpty()) {
            return () -> {};
        }
        var file = files.get(0);
        synchronized (places) {
            places.put(file, reading.apply(file));
        }
        return () -> {
            synchronized (places) {
                places.remove(file);
            }
        };
    }

    /** Takes the progress of one thread's films and passes it on. */
    FilmProgress with(FilmProgress next) {
        return new ProgressInTurn(new Seeing(), next);
    }

    /** Takes note of when something went on. */
    private final class Seeing implements FilmProgress {
        @Override
        public void begin(String name, OptionalLong frames, long done) {
            last = nanos.getAsLong();
        }

        @Override
        public void reread(long frame, long until) {
            last = nanos.getAsLong();
        }

        @Override
        public void frame(LedgerCounts counts) {
            last = nanos.getAsLong();
        }

        @Override
        public void end() {}
    }

    /** Looks once: asks the disks if no frame has been finished for a while, or if one of them was silent. */
    void look() {
        if (nanos.getAsLong() - last < QUIET.toNanos() && silent.isEmpty()) {
            return;
        }
        Map<Path, DiskProbe> now;
        synchronized (places) {
            now = new LinkedHashMap<>(places);
        }
        silent.keySet().retainAll(now.keySet());
        now.forEach(this::look);
    }

    private void look(Path place, DiskProbe probe) {
        var asked = nanos.getAsLong();
        var before = Optional.ofNullable(silent.get(place));
        if (!probe.answers(PATIENCE)) {
            if (before.isEmpty()) {
                silent.put(place, asked);
                messages.say("waiting for the disk of " + place + ", which has not answered since "
                        + TIME.format(clock.instant().minus(PATIENCE).atZone(zone))
                        + "; the run continues when it does");
            }
        } else if (before.isPresent()) {
            silent.remove(place);
            messages.say(String.format(
                    Locale.ROOT,
                    "the disk of %s answers again, after %.0f s",
                    place,
                    (nanos.getAsLong() - before.get()) / NANO));
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

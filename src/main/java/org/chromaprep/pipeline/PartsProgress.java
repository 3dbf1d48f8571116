package org.chromaprep.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.watch.FilmProgress;

/** The progress of a film whose parts are computed at the same time: their frames together. Safe for use by several threads. */
final class PartsProgress {
    /** For work that is not shown. */
    static final FilmProgress NONE = new Quiet(counts -> {});

    private final FilmProgress film;
    private final Map<Integer, LedgerCounts> parts = new HashMap<>();

    private interface Heard {
        void frame(LedgerCounts counts);
    }

    private record Quiet(Heard heard) implements FilmProgress {
        @Override
        public void begin(String name, OptionalLong frames, long done) {}

        @Override
        public void frame(LedgerCounts counts) {
            heard.frame(counts);
        }

        @Override
        public void end() {}
    }

    /** @param film is called with the whole film's progress */
    PartsProgress(FilmProgress film) {
        this.film = film;
    }

    /** What is called with a part's progress. */
    FilmProgress of(int part) {
        return new Quiet(counts -> frame(part, counts));
    }

    private synchronized void frame(int part, LedgerCounts counts) {
        parts.put(part, counts);
        film.frame(parts.values().stream().reduce(LedgerCounts.NONE, LedgerCounts::plus));
    }
}

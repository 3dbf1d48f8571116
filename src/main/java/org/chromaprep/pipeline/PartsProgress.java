package org.chromaprep.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.watch.FilmProgress;

/** The progress of a film whose parts are computed at the same time: their frames together. Safe for use by several threads. */
final class PartsProgress {
    /** For work that is not shown. */
    static final FilmProgress NONE = new Quiet(counts -> {}, sentence -> {});

    private final FilmProgress film;
    private final Map<Integer, LedgerCounts> parts = new HashMap<>();

    private interface Counted {
        void frame(LedgerCounts counts);
    }

    private interface Noted {
        void note(String sentence);
    }

    private record Quiet(Counted counted, Noted noted) implements FilmProgress {
        @Override
        public void begin(String name, OptionalLong frames, long done) {}

        @Override
        public void frame(LedgerCounts counts) {
            counted.frame(counts);
        }

        @Override
        public void note(String sentence) {
            noted.note(sentence);
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
        return new Quiet(counts -> frame(part, counts), sentence -> note(part, sentence));
    }

    private synchronized void note(int part, String sentence) {
        film.note("part " + part + ": " + sentence);
    }

    private synchronized void frame(int part, LedgerCounts counts) {
        parts.put(part, counts);
        film.frame(parts.values().stream().reduce(LedgerCounts.NONE, LedgerCounts::plus));
    }
}

package org.chromaprep.pipeline.watch;

import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerCounts;

/**
 * Passes a run's progress on to those who watch it, and to another one.
 *
 * @param desk where they meet
 * @param next is called with the same
 */
public record WatchedProgress(RunMonitor desk, FilmProgress next) implements FilmProgress {
    @Override
    public void begin(String name, OptionalLong frames, long done) {
        next.begin(name, frames, done);
    }

    @Override
    public void reread(long frame, long until) {
        desk.reread(frame, until);
        next.reread(frame, until);
    }

    @Override
    public void note(String sentence) {
        next.note(sentence);
    }

    @Override
    public void frame(LedgerCounts counts) {
        desk.counted(counts);
        next.frame(counts);
    }

    @Override
    public void end() {
        desk.end();
        next.end();
    }
}

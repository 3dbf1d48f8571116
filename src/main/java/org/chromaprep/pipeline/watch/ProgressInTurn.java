package org.chromaprep.pipeline.watch;

import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerCounts;

/**
 * Two that take the same progress.
 *
 * @param first is told of everything before the other
 */
public record ProgressInTurn(FilmProgress first, FilmProgress next) implements FilmProgress {
    @Override
    public void begin(String name, OptionalLong frames, long done) {
        first.begin(name, frames, done);
        next.begin(name, frames, done);
    }

    @Override
    public void reread(long frame, long until) {
        first.reread(frame, until);
        next.reread(frame, until);
    }

    @Override
    public void note(String sentence) {
        first.note(sentence);
        next.note(sentence);
    }

    @Override
    public void frame(LedgerCounts counts) {
        first.frame(counts);
        next.frame(counts);
    }

    @Override
    public void end() {
        first.end();
        next.end();
    }
}

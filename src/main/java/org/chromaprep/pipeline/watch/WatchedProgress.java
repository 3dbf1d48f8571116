package org.chromaprep.pipeline.watch;

import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerCounts;

/**
 * Tells those who watch a run of its progress.
 *
 * @param desk where they meet
 */
public record WatchedProgress(RunMonitor desk) implements FilmProgress {
    /** Of no interest here: the run itself tells them of its film. */
    @Override
    public void begin(String name, OptionalLong frames, long done) {}

    @Override
    public void reread(long frame, long until) {
        desk.reread(frame, until);
    }

    @Override
    public void frame(LedgerCounts counts) {
        desk.counted(counts);
    }

    @Override
    public void end() {
        desk.end();
    }
}

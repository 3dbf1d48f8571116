package org.chromaprep.pipeline.watch;

import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerCounts;

/** Takes a film's progress. Called by the pipeline's threads, one at a time; must not block. */
public interface FilmProgress {
    /**
     * A film begins.
     *
     * @param name its folder's name
     * @param frames how many source frames are expected, where known
     * @param done how many were committed by an earlier run
     */
    void begin(String name, OptionalLong frames, long done);

    /** Another source frame has its outcome. */
    void frame(LedgerCounts counts);

    /** The film ended, whole or not. */
    void end();
}

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
     * @param done how many of them were committed by an earlier run, lost ones included
     */
    void begin(String name, OptionalLong frames, long done);

    /**
     * A frame that an earlier run has committed is read again, on the way to where this run continues. Films that can be entered
     * anywhere have none. It is said apart, since it is none of this run's work.
     *
     * @param frame its number, from 0
     * @param until the first frame that is new
     */
    default void reread(long frame, long until) {}

    /**
     * The film's reader has come to where this run continues, or could not come there but from the film's beginning.
     *
     * @param sentence what it has done, without the film's name and a full stop
     */
    default void note(String sentence) {}

    /** Another source frame has its outcome. */
    void frame(LedgerCounts counts);

    /** The film ended, whole or not. */
    void end();
}

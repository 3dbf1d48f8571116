package org.chromaprep.pipeline;

import org.chromaprep.output.film.LedgerCounts;

/** Is called where a film's parts begin, on the thread that records frames. */
interface PartWatch {
    /** For whom parts are none of their business. */
    PartWatch NONE = (frame, behind, counts) -> {};

    /**
     * Another part begins.
     *
     * @param frame its first processed frame
     * @param behind what a run remembers that has come so far
     * @param counts of all frames before it
     */
    void begins(long frame, ResumeState behind, LedgerCounts counts);
}

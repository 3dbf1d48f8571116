package org.chromaprep.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.chromaprep.output.film.LedgerCounts;

/**
 * How a film's run ended.
 *
 * @param folder the film's output folder
 * @param ending how
 * @param counts what became of its frames
 * @param notes sentences about anything that is other than a user would expect
 * @param earlier frames that had their outcome before this run
 */
public record FilmResult(Path folder, Ending ending, LedgerCounts counts, List<String> notes, long earlier) {
    /** How a run can end. */
    public enum Ending {
        /** Everything asked for is there. */
        COMPLETE,
        /** An earlier run had already written everything. */
        WAS_COMPLETE,
        /** Stopped by request; the same command continues. */
        INTERRUPTED
    }

    /** Of a run that gave no frame its outcome. */
    FilmResult(Path folder, Ending ending, LedgerCounts counts, List<String> notes) {
        this(folder, ending, counts, notes, counts.decoded() + counts.lost());
    }

    public FilmResult {
        notes = List.copyOf(notes);
    }
}

package org.chromaprep.shelf.plan;

import java.util.Optional;
import org.chromaprep.files.Stamp;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.SourceRecord;

/**
 * A film whose output is there.
 *
 * @param name of its folder
 * @param source the film; empty where the folder's manifest cannot be read
 * @param complete whether its run has written everything asked for
 * @param failed whether its run did not come out well: it lost frames, or the film changed while it was read
 * @param counts what became of its frames so far
 */
record KnownFilm(String name, Optional<SourceRecord> source, boolean complete, boolean failed, LedgerCounts counts) {
    static KnownFilm of(String name, Manifest manifest) {
        return new KnownFilm(
                name,
                Optional.of(manifest.source()),
                manifest.complete(),
                manifest.ledger().lost() > 0 || manifest.mixture().isPresent(),
                manifest.ledger());
    }

    static KnownFilm unreadable(String name) {
        return new KnownFilm(name, Optional.empty(), false, true, LedgerCounts.NONE);
    }

    private boolean isOfSize(long bytes) {
        return source.flatMap(SourceRecord::bytes).filter(each -> each == bytes).isPresent();
    }

    boolean isAt(String path) {
        return source.flatMap(SourceRecord::path).filter(path::equals).isPresent();
    }

    /** Whether a film at this place is, by all that can be seen without reading it, the one that was processed. */
    boolean isTrusted(String path, Stamp stamp) {
        return isAt(path)
                && isOfSize(stamp.bytes())
                && source.flatMap(SourceRecord::modified)
                        .filter(stamp.modified()::equals)
                        .isPresent();
    }
}

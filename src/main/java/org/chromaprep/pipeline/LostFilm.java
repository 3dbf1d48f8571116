package org.chromaprep.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.Progress;
import org.chromaprep.video.NoFrameException;
import org.chromaprep.video.ReadResult.LostFrame;

/** A film without a frame that can be decoded: its folder holds a ledger of what was lost, and nothing else. */
final class LostFilm {
    private LostFilm() {}

    /**
     * Writes the film's ledger, unless an earlier run has.
     *
     * @param path of the folder
     * @throws NoFrameException as given, if an earlier run read frames of this film
     */
    static FilmResult record(FilmFolder folder, Path path, NoFrameException film)
            throws OutputException, NoFrameException {
        if (folder.complete()) {
            return new FilmResult(
                    path,
                    FilmResult.Ending.WAS_COMPLETE,
                    folder.counts(),
                    folder.manifest().notes());
        }
        if (folder.checkpoint().isPresent()) {
            throw film;
        }
        var notes = List.of(film.getMessage());
        for (var lost : film.losses()) {
            folder.line(line(lost));
        }
        folder.finish(Optional.empty(), new Progress(Map.of(), 0, notes));
        return new FilmResult(path, FilmResult.Ending.COMPLETE, folder.counts(), notes, 0);
    }

    /** The ledger's line of a lost frame. */
    static LedgerLine line(LostFrame lost) {
        return LedgerLine.lost(
                DumpStage.boxed(lost.pts()),
                lost.seconds().isPresent() ? Optional.of(lost.seconds().getAsDouble()) : Optional.empty(),
                lost.reason());
    }
}

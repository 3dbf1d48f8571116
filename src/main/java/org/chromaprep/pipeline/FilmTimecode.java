package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.Timecode;

/**
 * Time codes by film time.
 *
 * @param first of second 0
 * @param rate frames a second of the film
 */
record FilmTimecode(Timecode first, Rational rate) {
    /** The film's; empty if it has none. */
    static Optional<FilmTimecode> of(SourceInfo info) {
        return info.traits()
                .timecode()
                .flatMap(text -> Timecode.of(info.frameRate(), text))
                .map(first -> new FilmTimecode(first, info.frameRate()));
    }

    /** The code of the frame that is shown at a second. */
    Timecode at(double seconds) {
        return first.plus(Math.round(seconds * rate.value()));
    }

    /** A line with the code of its time, where it has one. */
    LedgerLine on(LedgerLine line) {
        return line.time().map(seconds -> line.withTimecode(at(seconds).text())).orElse(line);
    }
}

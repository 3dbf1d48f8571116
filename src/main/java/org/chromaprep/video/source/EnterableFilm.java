package org.chromaprep.video.source;

import java.util.Optional;
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;

/**
 * A film in a file that can be entered in its midst. Where damage shows behind the place, the film is read from its beginning after
 * all, up to what was given last: only so does the decoder paint over the damage what it painted in a film that is read whole. Closes
 * the film. One thread.
 */
final class EnterableFilm implements VideoSource {
    private final FilmSource film;
    private final Opening again;
    private Optional<FilmSource> whole = Optional.empty();

    /** Opens the film once more. */
    interface Opening {
        FilmSource open() throws SourceException;
    }

    /** @param film just opened; closed with this */
    EnterableFilm(FilmSource film, Opening again) {
        this.film = film;
        this.again = again;
    }

    private FilmSource reader() {
        return whole.orElse(film);
    }

    @Override
    public SourceInfo info() {
        return film.info();
    }

    @Override
    public ReadResult read(Picture into) throws SourceException {
        if (whole.isPresent()) {
            return whole.get().read(into);
        }
        film.lookAhead();
        if (film.isDamaged()) {
            return fromTheBeginning().read(into);
        }
        return film.read(into);
    }

    private FilmSource fromTheBeginning() throws SourceException {
        var there = film.place().orElseThrow();
        var source = again.open();
        whole = Optional.of(source);
        source.keepPlaces();
        try (var picture = new Picture()) {
            var given = 0L;
            while (given < there.results() && !(source.read(picture) instanceof EndOfStream)) {
                given++;
            }
        }
        return source;
    }

    @Override
    public void keepPlaces() {
        film.keepPlaces();
    }

    @Override
    public Optional<FilmPlace> place() {
        return reader().place();
    }

    @Override
    public boolean enter(FilmPlace place, Approach approach) {
        return film.enter(place, approach);
    }

    @Override
    public Findings findings() {
        return reader().findings();
    }

    @Override
    public void close() {
        film.close();
        whole.ifPresent(FilmSource::close);
    }
}

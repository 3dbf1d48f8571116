package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;

/**
 * A film from its beginning up to a frame, which is not part of it; frames lost before that frame are. Owns the film.
 *
 * @param film the whole
 * @param end number of the first frame that is left out
 */
record FilmRange(VideoSource film, long end) implements VideoSource {
    @Override
    public SourceInfo info() {
        return film.info();
    }

    @Override
    public ReadResult read(Picture into) throws SourceException {
        var result = film.read(into);
        return result instanceof ReadResult.FrameRead read && read.time().index() >= end
                ? new ReadResult.EndOfStream()
                : result;
    }

    @Override
    public void keepPlaces() {
        film.keepPlaces();
    }

    @Override
    public Optional<FilmPlace> place() {
        return film.place();
    }

    @Override
    public boolean enter(FilmPlace place, Approach approach) throws SourceException {
        return film.enter(place, approach);
    }

    @Override
    public Findings findings() {
        return film.findings();
    }

    @Override
    public void close() {
        film.close();
    }
}

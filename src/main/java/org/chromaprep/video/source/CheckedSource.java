package org.chromaprep.video.source;

import java.util.Optional;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;

/** A film that is not read after its end: behind it lies FFmpeg's memory. A second {@code close} does nothing. */
final class CheckedSource implements VideoSource {
    private final VideoSource source;
    private final OpenState state = new OpenState("This film");

    /** @param source closed with this */
    CheckedSource(VideoSource source) {
        this.source = source;
    }

    @Override
    public SourceInfo info() {
        return source.info();
    }

    @Override
    public boolean enterable() {
        return source.enterable();
    }

    @Override
    public void enter(long results, long frames) throws SourceException {
        state.check();
        source.enter(results, frames);
    }

    @Override
    public void keepPlaces() {
        source.keepPlaces();
    }

    @Override
    public Optional<FilmPlace> place() {
        return source.place();
    }

    @Override
    public boolean enter(FilmPlace place, Approach approach) throws SourceException {
        state.check();
        return source.enter(place, approach);
    }

    @Override
    public Findings findings() {
        return source.findings();
    }

    @Override
    public ReadResult read(Picture into) throws SourceException {
        state.check();
        return source.read(into);
    }

    @Override
    public void close() {
        if (state.close()) {
            source.close();
        }
    }
}

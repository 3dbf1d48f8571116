package org.chromaprep.video.source;

import java.util.function.BooleanSupplier;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;

/** Reads a film that may have no end of its own, such as a graph or a pipe, until it is cancelled. Closes it. One thread. */
final class EndlessSource implements VideoSource {
    private final VideoSource film;
    private final BooleanSupplier cancelled;

    EndlessSource(VideoSource film, BooleanSupplier cancelled) {
        this.film = film;
        this.cancelled = cancelled;
    }

    @Override
    public SourceInfo info() {
        return film.info();
    }

    @Override
    public Findings findings() {
        return film.findings();
    }

    @Override
    public ReadResult read(Picture into) throws SourceException {
        return cancelled.getAsBoolean() ? new EndOfStream() : film.read(into);
    }

    @Override
    public void close() {
        film.close();
    }
}

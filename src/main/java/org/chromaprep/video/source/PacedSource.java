package org.chromaprep.video.source;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;

/** An {@link EndlessSource} that is read no faster than it plays, as if it happened now. Closes the film. One thread. */
final class PacedSource implements VideoSource {
    private static final double NANO = 1e9;

    private final EndlessSource film;
    private final BooleanSupplier cancelled;
    private OptionalLong begin = OptionalLong.empty();

    PacedSource(EndlessSource film, BooleanSupplier cancelled) {
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
        var result = film.read(into);
        if (result instanceof FrameRead read) {
            var due = Math.round(read.time().seconds() * NANO);
            if (begin.isEmpty()) {
                begin = OptionalLong.of(System.nanoTime() - due);
            }
            Pause.until(begin.getAsLong() + due, cancelled);
        }
        return result;
    }

    @Override
    public void close() {
        film.close();
    }
}

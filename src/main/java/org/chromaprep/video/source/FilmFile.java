package org.chromaprep.video.source;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.DiskProbe;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;

/** A film or a single picture. Files come from strangers and may be made to hang a decoder, so opening and reading are guarded. */
public record FilmFile(Path file) implements SourceInput {
    @Override
    public String name() {
        return file.getFileName().toString();
    }

    @Override
    public String stem() {
        var dot = name().lastIndexOf('.');
        return dot > 0 ? name().substring(0, dot) : name();
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Optional<Path> localFile() {
        return Optional.of(file);
    }

    @Override
    public VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        return GuardedSource.open(name(), GuardedSource.PATIENCE, cancelled, DiskProbe.ofReading(file), heart -> {
            var source = TiledPicture.orFilm(OpenInput.open(file, name(), options), heart);
            return source instanceof FilmSource film
                    ? new EnterableFilm(film, () -> FilmSource.of(OpenInput.open(file, name(), options), heart))
                    : source;
        });
    }
}

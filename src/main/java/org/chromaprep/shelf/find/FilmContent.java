package org.chromaprep.shelf.find;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.ContentHash;
import org.chromaprep.video.source.FilmSniffer;

/** What is in films' files, for those who look for films and name them; it is asked only where names, sizes and times do not suffice. */
public interface FilmContent {
    /** That of the files themselves. */
    FilmContent OF_FILES = new FilmContent() {
        @Override
        public boolean isFilm(Path file, BooleanSupplier cancelled) {
            return FilmSniffer.isFilm(file, cancelled);
        }

        @Override
        public Optional<String> hash(List<Path> files, BooleanSupplier cancelled) throws IOException {
            return ContentHash.of(files, cancelled);
        }
    };

    /** Whether a file whose ending says nothing is a film. */
    boolean isFilm(Path file, BooleanSupplier cancelled);

    /**
     * The hash of a film's files, as {@link ContentHash#of}.
     *
     * @throws IOException if one cannot be read
     */
    Optional<String> hash(List<Path> files, BooleanSupplier cancelled) throws IOException;
}

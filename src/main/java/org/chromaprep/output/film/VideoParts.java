package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.chromaprep.files.OutputException;

/**
 * The parts of a film's videos that are committed.
 *
 * @param folder the film's
 * @param manifest as last committed
 */
record VideoParts(Path folder, Manifest manifest) {
    /**
     * A path for the next part.
     *
     * @param waiting parts that the next commit takes up before it
     */
    Path next(int waiting) {
        return where().resolve(String.format(
                Locale.ROOT, "%06d.nut", manifest.segments().size() + waiting));
    }

    /** Those of the annotated video or of the coloured film, in order. */
    List<Path> paths() {
        return manifest.segments().stream()
                .map(StoredFile::name)
                .map(where()::resolve)
                .toList();
    }

    /**
     * The first part that is not there or has another size than when it was committed.
     *
     * @throws OutputException if the folder cannot be read
     */
    Optional<Path> missing() throws OutputException {
        return partThat((part, where) -> !part.isIn(where));
    }

    /**
     * The first part that is not the one that was committed, byte for byte.
     *
     * @param cancelled asked now and then; a search that was given up finds nothing
     * @throws OutputException if the folder cannot be read
     */
    Optional<Path> damaged(BooleanSupplier cancelled) throws OutputException {
        return partThat((part, where) -> !part.isSoundIn(where, cancelled));
    }

    private Path where() {
        return folder.resolve(OutputNames.SEGMENTS);
    }

    private interface Doubt {
        boolean about(StoredFile part, Path where) throws IOException;
    }

    private Optional<Path> partThat(Doubt doubt) throws OutputException {
        var where = where();
        try {
            for (var part : Stream.concat(manifest.segments().stream(), manifest.companions().stream())
                    .toList()) {
                if (doubt.about(part, where)) {
                    return Optional.of(where.resolve(part.name()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new OutputException(
                    "The parts of the video in " + where + " cannot be read (" + e.getMessage()
                            + "); check the disk and run the same command again.",
                    e);
        }
    }
}

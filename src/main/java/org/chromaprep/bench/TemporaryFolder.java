package org.chromaprep.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder that is there while something is measured. Whoever made it closes it. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    TemporaryFolder() {
        try {
            path = Files.createTempDirectory("chromaprep-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A temporary folder cannot be made; set -Djava.io.tmpdir to a folder with space.", e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The temporary folder " + path + " cannot be deleted; delete it by hand.", e);
        }
    }
}

package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.Hashes;

/**
 * A file of an unfinished run, as the manifest describes it, so that a run that continues takes it for what it was.
 *
 * @param name its name in its folder
 * @param bytes its size
 * @param sha256 of the file, in lower-case hexadecimal
 */
@JsonPropertyOrder({"name", "bytes", "sha256"})
public record StoredFile(String name, long bytes, String sha256) {
    /** Describes a file that is there. */
    static StoredFile of(Path file) throws IOException {
        return of(file, () -> false).orElseThrow();
    }

    /**
     * Describes a file that is there.
     *
     * @param cancelled asked between blocks; a description that was given up is empty
     */
    static Optional<StoredFile> of(Path file, BooleanSupplier cancelled) throws IOException {
        var bytes = Files.size(file);
        return Hashes.sha256(file, cancelled)
                .map(hash -> new StoredFile(file.getFileName().toString(), bytes, hash));
    }

    /** Whether a folder has a file of this name and size; its bytes are not read. */
    boolean isIn(Path folder) throws IOException {
        var file = folder.resolve(name);
        return Files.isRegularFile(file) && Files.size(file) == bytes;
    }

    /**
     * Whether a folder has this file, byte for byte.
     *
     * @param cancelled asked between blocks, since large files take minutes; a check that was given up found nothing
     */
    boolean isSoundIn(Path folder, BooleanSupplier cancelled) throws IOException {
        return isIn(folder)
                && Hashes.sha256(folder.resolve(name), cancelled)
                        .map(sha256::equals)
                        .orElse(true);
    }
}

package org.chromaprep.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.Hashes;
import org.chromaprep.video.SourceException;

/**
 * A film's file as it was before it was read, so that a change is noticed: what the ledger tells would be of neither file.
 *
 * @param file the film
 * @param bytes its size
 * @param changed when it was last written
 * @param sha256 of it; empty if hashing was cancelled
 */
record InputFile(Path file, long bytes, FileTime changed, Optional<String> sha256) {
    /**
     * Reads a file's size, time and hash.
     *
     * @param cancelled whether to give up hashing, which takes minutes for large files
     * @throws SourceException if it cannot be read
     */
    static InputFile of(Path file, BooleanSupplier cancelled) throws SourceException {
        try {
            return new InputFile(file, Files.size(file), Files.getLastModifiedTime(file), Hashes.sha256(file, cancelled));
        } catch (IOException e) {
            throw new SourceException(file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
        }
    }

    /**
     * @throws SourceException if the file is not as it was, or no longer there
     */
    void checkUnchanged() throws SourceException {
        if (!Files.exists(file)) {
            throw new SourceException(file + " vanished while it was read; put it back and run the same command again.");
        }
        try {
            var now = Files.size(file);
            if (now != bytes || !Files.getLastModifiedTime(file).equals(changed)) {
                throw new SourceException(file + " changed while it was read (it had " + bytes + " bytes and has " + now
                        + "); wait until it is whole and run again with --overwrite or --retry-failed.");
            }
        } catch (IOException e) {
            throw new SourceException(file + " can no longer be read (" + e.getMessage() + "); check the disk.", e);
        }
    }
}

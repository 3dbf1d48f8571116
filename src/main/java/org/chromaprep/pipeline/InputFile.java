package org.chromaprep.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.Hashes;
import org.chromaprep.video.SourceException;

/**
 * A film's file, or its pictures, as they were before they were read, so that a change is noticed: what the ledger tells would be
 * of neither film.
 *
 * @param files the film's
 * @param sizes of each
 * @param changed when each was last written
 * @param sha256 of the file; of several, of a list of their names, sizes and hashes; empty if hashing was cancelled
 */
record InputFile(List<Path> files, List<Long> sizes, List<FileTime> changed, Optional<String> sha256) {
    /**
     * Reads files' sizes, times and hashes.
     *
     * @param files at least one
     * @param cancelled whether to give up hashing, which takes minutes for large files
     * @throws SourceException if one cannot be read
     */
    static InputFile of(List<Path> files, BooleanSupplier cancelled) throws SourceException {
        var sizes = new ArrayList<Long>();
        var changed = new ArrayList<FileTime>();
        var hashes = new ArrayList<String>();
        for (var file : files) {
            try {
                sizes.add(Files.size(file));
                changed.add(Files.getLastModifiedTime(file));
                if (hashes.size() == sizes.size() - 1) {
                    Hashes.sha256(file, cancelled).ifPresent(hashes::add);
                }
            } catch (IOException e) {
                throw new SourceException(file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
            }
        }
        return new InputFile(files, sizes, changed, hash(files, sizes, hashes));
    }

    private static Optional<String> hash(List<Path> files, List<Long> sizes, List<String> hashes) {
        if (hashes.size() < files.size()) {
            return Optional.empty();
        }
        if (files.size() == 1) {
            return Optional.of(hashes.get(0));
        }
        var list = new StringBuilder();
        for (var i = 0; i < files.size(); i++) {
            list.append(hashes.get(i)).append(' ').append(sizes.get(i)).append(' ').append(files.get(i).getFileName()).append('\n');
        }
        return Optional.of(DigestUtils.sha256Hex(list.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Of all together. */
    long bytes() {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * @throws SourceException if a file is not as it was, or no longer there
     */
    void checkUnchanged() throws SourceException {
        for (var i = 0; i < files.size(); i++) {
            check(files.get(i), sizes.get(i), changed.get(i));
        }
    }

    private static void check(Path file, long bytes, FileTime changed) throws SourceException {
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

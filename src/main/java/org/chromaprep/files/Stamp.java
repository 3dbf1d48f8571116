package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How large files are and when they were last written: what says, without reading them, that they are what they were.
 *
 * @param bytes of all together
 * @param modified of the one that was written last (ISO 8601, UTC)
 */
public record Stamp(long bytes, String modified) {
    /**
     * Of files that are there.
     *
     * @param files at least one
     * @throws IOException if one is not there, or its folder may not be read
     */
    public static Stamp of(List<Path> files) throws IOException {
        var bytes = 0L;
        var modified = Instant.MIN;
        for (var file : files) {
            var facts = Files.readAttributes(file, BasicFileAttributes.class);
            var time = facts.lastModifiedTime().toInstant();
            bytes += facts.size();
            modified = time.isAfter(modified) ? time : modified;
        }
        return new Stamp(bytes, modified.toString());
    }

    /** Of files, at least one; empty where one cannot be looked at, which opening it says more of. */
    public static Optional<Stamp> find(List<Path> files) {
        try {
            return Optional.of(of(files));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

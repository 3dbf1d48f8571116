package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;

/** Hashes of files. */
public final class Hashes {
    private static final int BUFFER = 1 << 20;

    private Hashes() {}

    /**
     * The SHA-256 of a file's beginning, in lower-case hexadecimal.
     *
     * @param bytes how many count; all that there are if the file is shorter
     * @throws IOException if the file cannot be read
     */
    public static String sha256(Path file, long bytes) throws IOException {
        return sha256(file, bytes, () -> false).orElseThrow();
    }

    /**
     * A file's SHA-256 in lower-case hexadecimal.
     *
     * @param cancelled asked between blocks, since large files take minutes
     * @return empty if it was cancelled
     * @throws IOException if the file cannot be read
     */
    public static Optional<String> sha256(Path file, BooleanSupplier cancelled) throws IOException {
        return sha256(file, Long.MAX_VALUE, cancelled);
    }

    private static Optional<String> sha256(Path file, long bytes, BooleanSupplier cancelled) throws IOException {
        var digest = DigestUtils.getSha256Digest();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[BUFFER];
            var left = bytes;
            for (var count = in.read(buffer); count >= 0 && left > 0; count = in.read(buffer)) {
                if (cancelled.getAsBoolean()) {
                    return Optional.empty();
                }
                digest.update(buffer, 0, (int) Math.min(count, left));
                left -= count;
            }
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }
}

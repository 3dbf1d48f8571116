package org.chromaprep.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Hashes of files. */
public final class Hashes {
    private static final int BUFFER = 1 << 20;

    private Hashes() {}

    /**
     * A file's SHA-256 in lower-case hexadecimal.
     *
     * @throws OutputException if the file cannot be read
     */
    public static String sha256(Path file) throws OutputException {
        var digest = TarShard.sha256();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[BUFFER];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new OutputException(file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

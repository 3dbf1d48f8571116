package org.chromaprep.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;

/** What files are, whatever folder they lie in: of one its hash, of several that of a list of their names, sizes and hashes. Stateless. */
public final class ContentHash {
    private ContentHash() {}

    /**
     * Reads files for their hash.
     *
     * @param files at least one, in order
     * @param cancelled whether to give up, since it takes minutes for large files
     * @return SHA-256 in lower-case hexadecimal; empty if it was given up
     * @throws IOException if one cannot be read
     */
    public static Optional<String> of(List<Path> files, BooleanSupplier cancelled) throws IOException {
        var bytes = new ArrayList<Long>();
        var hashes = new ArrayList<String>();
        for (var file : files) {
            bytes.add(Files.size(file));
            var hash = Hashes.sha256(file, cancelled);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            hashes.add(hash.get());
        }
        return Optional.of(together(files, bytes, hashes));
    }

    /** The hash of files whose own hashes are known. */
    public static String together(List<Path> files, List<Long> bytes, List<String> hashes) {
        if (files.size() == 1) {
            return hashes.get(0);
        }
        var list = new StringBuilder();
        for (var i = 0; i < files.size(); i++) {
            list.append(hashes.get(i))
                    .append(' ')
                    .append(bytes.get(i))
                    .append(' ')
                    .append(files.get(i).getFileName())
                    .append('\n');
        }
        return DigestUtils.sha256Hex(list.toString().getBytes(StandardCharsets.UTF_8));
    }
}

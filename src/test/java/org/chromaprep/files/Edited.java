package org.chromaprep.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;

/** Sealed documents that say something else, as if they had been written so. */
public final class Edited {
    private Edited() {}

    /** Changes a document's text and seals it again. */
    public static void document(Path file, UnaryOperator<String> change) throws IOException {
        var text = Files.readString(file);
        var seal = text.lastIndexOf(",\n  \"seal\" : ");
        var body = change.apply(text.substring(0, seal));
        Files.writeString(
                file,
                body + ",\n  \"seal\" : \"" + DigestUtils.sha256Hex(body.getBytes(StandardCharsets.UTF_8)) + "\"\n}");
    }
}

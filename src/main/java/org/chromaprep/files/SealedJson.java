package org.chromaprep.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * JSON documents that show whether they were changed since they were written: their last field, {@code seal}, is the SHA-256 of
 * every byte before it. It is no secret, and no protection against people who mean harm; it finds what disks, copies and editors do.
 * Stateless.
 */
public final class SealedJson {
    private static final String BEFORE = ",\n  \"seal\" : \"";
    private static final String AFTER = "\"\n}";
    private static final int DIGITS = 64;
    private static final int TAIL = BEFORE.length() + DIGITS + AFTER.length();
    private static final long LARGEST_FILE = 256L << 20;

    /** What a document's seal says. */
    public enum Seal {
        /** Every byte is as it was written. */
        SOUND,
        /** It has one, and is not as it was written. */
        BROKEN,
        /** It has none, as documents of older versions. */
        NONE
    }

    /**
     * A document that was read.
     *
     * @param content its bytes
     * @param seal what its seal says
     */
    public record Read(byte[] content, Seal seal) {
        /**
         * The document as a record.
         *
         * @throws JsonProcessingException if it is none
         */
        public <T> T as(Class<T> type) throws JsonProcessingException {
            try {
                return Json.MAPPER.readValue(content, type);
            } catch (JsonProcessingException e) {
                throw e;
            } catch (IOException e) {
                throw new IllegalStateException("An array can be read.", e);
            }
        }
    }

    private SealedJson() {}

    /** A record as a document of several lines. */
    public static byte[] bytes(Object record) {
        try {
            var text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(record);
            if (!text.endsWith("\n}")) {
                throw new IllegalArgumentException("Only records with fields are sealed.");
            }
            var body = text.substring(0, text.length() - 2).replace("\r\n", "\n");
            return (body + BEFORE + DigestUtils.sha256Hex(body.getBytes(StandardCharsets.UTF_8)) + AFTER)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A record is plain data.", e);
        }
    }

    /** Replaces a document, durably and as a whole. */
    public static void write(Path file, Object record) throws IOException {
        DurableFiles.replace(file, bytes(record));
    }

    /**
     * Reads a document, whatever its seal says.
     *
     * @throws IOException if it cannot be read or is too large
     */
    public static Read read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + " is too large");
        }
        var content = Files.readAllBytes(file);
        return new Read(content, seal(content));
    }

    private static Seal seal(byte[] content) {
        if (content.length > TAIL) {
            var tail = new String(content, content.length - TAIL, TAIL, StandardCharsets.UTF_8);
            if (tail.startsWith(BEFORE) && tail.endsWith(AFTER)) {
                var recorded = tail.substring(BEFORE.length(), BEFORE.length() + DIGITS);
                return DigestUtils.sha256Hex(Arrays.copyOf(content, content.length - TAIL))
                                .equals(recorded)
                        ? Seal.SOUND
                        : Seal.BROKEN;
            }
        }
        // One that was damaged in the seal itself still names it.
        return new String(content, StandardCharsets.UTF_8).contains("\"seal\"") ? Seal.BROKEN : Seal.NONE;
    }
}

package org.chromaprep.spark.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Moves bytes from one side to the other, and says what they were and which of the two sides failed. Stateless. */
final class Flow {
    private static final int BUFFER = 1 << 20;

    private Flow() {}

    /** Reading failed, not writing. */
    static final class SourceException extends IOException {
        private static final long serialVersionUID = 1L;

        private final IOException reason;

        SourceException(IOException cause) {
            super(cause.getMessage(), cause);
            reason = cause;
        }

        IOException reason() {
            return reason;
        }
    }

    /**
     * Moves all that comes.
     *
     * @throws SourceException if reading fails, or if the thread is interrupted, which it stays
     * @throws IOException if writing fails
     */
    static Content copy(InputStream in, OutputStream out) throws IOException {
        var digest = sha256();
        var buffer = new byte[BUFFER];
        var bytes = 0L;
        for (var count = next(in, buffer); count >= 0; count = next(in, buffer)) {
            digest.update(buffer, 0, count);
            out.write(buffer, 0, count);
            bytes += count;
        }
        return new Content(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static int next(InputStream in, byte[] buffer) throws SourceException {
        try {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            return in.read(buffer);
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }

    /**
     * All that comes, if it is no more than some bytes.
     *
     * @param name of what is read, for the sentence
     */
    static byte[] small(InputStream in, int limit, String name) throws IOException, StoreException {
        var content = limit == Integer.MAX_VALUE ? in.readAllBytes() : in.readNBytes(limit + 1);
        if (content.length > limit) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    name + " has more than " + limit + " bytes, which is not what a file of this kind has; look whether"
                            + " it is the right one.");
        }
        return content;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}

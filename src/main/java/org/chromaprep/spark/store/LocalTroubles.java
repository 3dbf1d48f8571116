package org.chromaprep.spark.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** What a disk or a folder says, as a sentence for the user. Stateless. */
final class LocalTroubles {
    private LocalTroubles() {}

    /** A file cannot be read. */
    static StoreException reading(Object file, IOException cause) {
        if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
            return new StoreException(
                    StoreException.Kind.MISSING,
                    file + " is not there for " + machine() + "; check the path, and that all machines see its folder.",
                    cause);
        }
        if (isDenied(cause)) {
            return new StoreException(
                    StoreException.Kind.REFUSED,
                    file + " may not be read by " + user() + " on " + machine() + "; change its permissions.",
                    cause);
        }
        return other("Reading " + file, cause);
    }

    /** A file of a store that is a folder cannot be written. */
    static StoreException writing(Object file, IOException cause) {
        if (isFull(cause)) {
            return new StoreException(
                    StoreException.Kind.SPACE,
                    "The disk of " + file + " is full; make space there, or choose another place, and run the same"
                            + " command again.",
                    cause);
        }
        if (isDenied(cause)) {
            return new StoreException(
                    StoreException.Kind.REFUSED,
                    file + " may not be written by " + user() + " on " + machine() + " (" + cause.getMessage()
                            + "); change its folder's permissions, or choose another one.",
                    cause);
        }
        return other("Writing " + file, cause);
    }

    /** A file on this machine's own disk cannot be written. */
    static StoreException receiving(Object file, IOException cause) {
        if (isFull(cause)) {
            return new StoreException(
                    StoreException.Kind.DISK,
                    "The disk of " + machine() + " is full (" + file
                            + "); make space there, or give it another disk by spark.local.dir.",
                    cause);
        }
        if (isDenied(cause)) {
            return new StoreException(
                    StoreException.Kind.DISK,
                    file + " may not be written by " + user() + " on " + machine() + " (" + cause.getMessage()
                            + "); give it another folder by spark.local.dir.",
                    cause);
        }
        return other("Writing " + file, cause);
    }

    private static boolean isFull(IOException cause) {
        var text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("not enough space") || text.contains("quota");
    }

    private static StoreException other(String what, IOException cause) {
        if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedIOException) {
            return new StoreException(StoreException.Kind.INTERRUPTED, what + " was interrupted.", cause);
        }
        return new StoreException(
                StoreException.Kind.OTHER,
                what + " failed on " + machine() + " (" + cause + "); check the disk and run the same command again.",
                cause);
    }

    private static boolean isDenied(IOException cause) {
        var text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof AccessDeniedException
                || text.contains("permission denied")
                || text.contains("operation not permitted")
                || text.contains("read-only file system");
    }

    static String user() {
        return "user " + System.getProperty("user.name");
    }

    /** This machine as a cluster's people know it. */
    static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }
}

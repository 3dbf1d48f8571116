package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Turns what the file system says into a sentence for the user. */
public final class Failures {
    private static final String REMEDY =
            "; bring it back and run the same command again, which continues from what is committed.";

    /** What systems answer for a disk that was pulled out, or a server that is gone. */
    private static final List<String> GONE = List.of(
            "transport endpoint is not connected",
            "input/output error",
            "stale file handle",
            "stale nfs file handle",
            "no such device",
            "host is down",
            "no route to host",
            "connection timed out");

    private Failures() {}

    /** An output folder is empty, or not there, that had something in it. */
    static OutputException gone(Path out) {
        return new OutputException(
                "The folder " + out + " is empty, or not there: its disk is gone, and nothing was written in its place"
                        + REMEDY,
                new NoSuchFileException(out.toString()),
                true);
    }

    public static OutputException writing(Path folder, IOException cause) {
        var text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("not enough space") || text.contains("quota")) {
            return new OutputException(
                    "The disk of " + folder + " is full; what is committed is valid, and the same command"
                            + " continues from there once there is space.",
                    cause,
                    true);
        }
        if (cause instanceof AccessDeniedException
                || text.contains("permission denied")
                || text.contains("operation not permitted")
                || text.contains("read-only file system")) {
            return new OutputException(
                    "The folder " + folder + " cannot be written (" + cause.getMessage()
                            + "); change its permissions or choose another `out`.",
                    cause,
                    true);
        }
        if (cause instanceof FileAlreadyExistsException || isUnderAFile(folder)) {
            return new OutputException(
                    "The folder " + folder + " cannot be made, since a file lies in its way; choose another"
                            + " `out`.",
                    cause);
        }
        if (cause instanceof NoSuchFileException && Disks.away(folder).isPresent()
                || GONE.stream().anyMatch(text::contains)) {
            return new OutputException(
                    "The disk of " + folder + " is gone or does not answer (" + cause.getMessage() + ")" + REMEDY,
                    cause,
                    true);
        }
        if (cause instanceof NoSuchFileException) {
            return new OutputException(
                    "The folder " + folder + " is no longer there (" + cause.getMessage()
                            + "); run the same command again to make it anew.",
                    cause,
                    true);
        }
        return new OutputException(
                "Writing to " + folder + " failed (" + cause + "); check the disk and run the same" + " command again.",
                cause,
                true);
    }

    // The system's own reason comes in the machine's language.
    private static boolean isUnderAFile(Path folder) {
        for (var each = folder.toAbsolutePath(); each != null; each = each.getParent()) {
            if (Files.exists(each)) {
                return !Files.isDirectory(each);
            }
        }
        return false;
    }
}

package org.chromaprep.video.source;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.chromaprep.video.SourceException;

/** Finds out what is wrong with a file before FFmpeg is asked, which says less of it. */
final class ReadableFile {
    private ReadableFile() {}

    /**
     * Checks that there is something to read.
     *
     * @param name of the film, for sentences
     * @throws SourceException if there is nothing, or it cannot be read
     */
    static void check(Path file, String name) throws SourceException {
        checkSpellable(file, name);
        if (!Files.exists(file)) {
            throw new SourceException(name + " does not exist; check the path.");
        }
        if (Files.isDirectory(file)) {
            throw new SourceException(name + " is a folder, not a film; name a file in it.");
        }
        if (!Files.isRegularFile(file)) {
            throw new SourceException(name + " is a pipe or a device, not a file; save it to a file first.");
        }
        if (!Files.isReadable(file)) {
            throw new SourceException(name + " may not be read; check its permissions.");
        }
        if (file.toFile().length() == 0) {
            throw new SourceException(name + " is empty (0 bytes); copy or download it again.");
        }
    }

    // Java lists such a name as it is, but what is given its text finds another file, or none.
    private static void checkSpellable(Path file, String name) throws SourceException {
        var spelled = false;
        try {
            spelled = Path.of(file.toString()).equals(file);
        } catch (InvalidPathException unspellable) {
            spelled = false;
        }
        if (!spelled) {
            throw new SourceException(name
                    + " cannot be opened, since its name has letters that Java cannot read in this locale ("
                    + System.getProperty("sun.jnu.encoding", "unknown") + "); set LC_ALL=C.UTF-8, or rename it.");
        }
    }
}

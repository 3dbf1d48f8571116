package org.chromaprep.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes that survive a power cut once they return. */
public final class DurableFiles {
    /** The ending of files that are not finished; a run that finds one removes it. */
    static final String TEMPORARY = ".tmp";

    /** How file systems of networks and of hosts of virtual machines say that they sync files only. */
    private static final List<String> NO_FOLDERS =
            List.of("invalid argument", "not supported", "not implemented", "bad file descriptor", "is a directory");

    private static final Logger LOGGER = LoggerFactory.getLogger(DurableFiles.class);

    private DurableFiles() {}

    /** Replaces a file's content atomically: readers see the old or the new one, whole. */
    public static void replace(Path file, byte[] content) throws IOException {
        var temporary = temporary(file);
        Files.write(temporary, content);
        sync(temporary);
        rename(temporary, file);
    }

    /** The name that a file has until it is finished. */
    public static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    /** Gives a synced file its final name, durably. */
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolderOf(to);
    }

    /** Brings a file's content to the disk. */
    public static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Brings the entries of a file's folder to the disk, as {@link #syncFolder(Path)}. */
    public static void syncFolderOf(Path file) throws IOException {
        syncFolder(file.toAbsolutePath().resolveSibling(""));
    }

    /** Brings a folder's entries to the disk, where the operating system lets folders be opened and the file system synced. */
    public static void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        syncFolder(folder, each -> {
            try (var channel = FileChannel.open(each, StandardOpenOption.READ)) {
                channel.force(true);
            }
        });
    }

    /** Brings a folder's entries to the disk. */
    interface FolderSync {
        void sync(Path folder) throws IOException;
    }

    /** As {@link #syncFolder(Path)}, by another way. */
    static void syncFolder(Path folder, FolderSync way) throws IOException {
        try {
            way.sync(folder);
        } catch (IOException e) {
            var reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (NO_FOLDERS.stream().noneMatch(reason::contains)) {
                throw e;
            }
            LOGGER.debug(
                    "The file system of {} cannot bring folders to the disk by themselves ({}).",
                    folder,
                    e.getMessage());
        }
    }
}

package org.chromaprep.spark.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/** Files on this machine's own disk, on the near side of every store. Stateless. */
final class Disk {
    private Disk() {}

    /** Opens a file for reading; whoever did closes it. */
    static InputStream open(Path file) throws StoreException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw LocalTroubles.reading(file, e);
        }
    }

    /**
     * Writes all that comes into a file, and brings it to the disk. A file that did not become whole is removed.
     *
     * @param refused makes a sentence of what the disk says
     * @throws IOException if nothing more comes, although there should
     * @throws StoreException if the disk does not take it
     */
    static Content receive(InputStream in, Path file, Function<IOException, StoreException> refused)
            throws IOException, StoreException {
        var whole = false;
        try {
            final Content content;
            try (var out = Files.newOutputStream(file)) {
                content = Flow.copy(in, out);
            }
            sync(file);
            whole = true;
            return content;
        } catch (Flow.SourceException e) {
            throw e.reason();
        } catch (IOException e) {
            throw refused.apply(e);
        } finally {
            if (!whole) {
                remove(file);
            }
        }
    }

    /** Brings a file's content or a folder's entries to the disk, the latter where the system lets folders be opened. */
    static void sync(Path path) throws IOException {
        var folder = Files.isDirectory(path);
        try (var channel = FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            if (!folder) {
                throw e;
            }
        }
    }

    /** Removes what is of no use, if it can be. */
    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It has a temporary name, or whoever asked for it is told that it is not there.
            return;
        }
    }
}

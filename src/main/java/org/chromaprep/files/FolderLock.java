package org.chromaprep.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a film's folder, held by one run at a time. The operating system holds it with the process, so a
 * killed run leaves none behind, whatever becomes of its file. On file systems that know no locks, as of some networks, nobody
 * can hold it, and runs are on their own. Whoever took it closes it.
 */
public final class FolderLock implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(FolderLock.class);
    private static final String FILE = ".lock";

    private final FileChannel channel;
    private final Optional<FileLock> lock;

    private FolderLock(FileChannel channel, Optional<FileLock> lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * @throws OutputException if another run, in this process or another, holds it
     * @throws IOException if the folder cannot be written
     */
    public static FolderLock take(Path folder) throws IOException, OutputException {
        return take(folder, FileChannel::tryLock);
    }

    /** Locks a file. */
    interface Locking {
        /**
         * @return null where another process holds it
         * @throws IOException if the file system knows no locks
         */
        FileLock lock(FileChannel channel) throws IOException;
    }

    /** As {@link #take(Path)}, by another way of locking. */
    static FolderLock take(Path folder, Locking locking) throws IOException, OutputException {
        var channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = locking.lock(channel);
            if (lock != null) {
                return new FolderLock(channel, Optional.of(lock));
            }
        } catch (OverlappingFileLockException inThisProcess) {
            LOGGER.debug("Another run of this process is writing to {}.", folder);
        } catch (IOException noLocks) {
            LOGGER.warn(
                    "The file system of {} knows no locks ({}): nothing keeps a second run from writing there too.",
                    folder,
                    noLocks.getMessage());
            return new FolderLock(channel, Optional.empty());
        }
        channel.close();
        throw OutputException.ofAnotherRun(
                "Another run is writing to " + folder + "; wait for it or choose another `out`.");
    }

    /** The lock's file stays: a run that waits for it may have it open already. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (lock.isPresent()) {
                lock.get().release();
            }
        }
    }
}

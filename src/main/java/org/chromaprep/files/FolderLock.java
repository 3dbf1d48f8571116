package org.chromaprep.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to write to a film's folder, held by one run at a time. The operating system holds it with the process, so a
 * killed run leaves none behind, whatever becomes of its file. Whoever took it closes it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String FILE = ".lock";

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * @throws OutputException if another run, in this process or another, holds it
     * @throws IOException if the folder cannot be written
     */
    public static FolderLock take(Path folder) throws IOException, OutputException {
        var channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = Optional.<FileLock>empty();
        try {
            lock = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException held) {
            // Another run in this very process holds it: the same answer as for another process.
            lock = Optional.empty();
        } finally {
            if (lock.isEmpty()) {
                channel.close();
            }
        }
        if (lock.isEmpty()) {
            throw new OutputException("Another run is writing to " + folder + "; wait for it or choose another --out.");
        }
        return new FolderLock(channel, lock.get());
    }

    /** The lock's file stays: a run that waits for it may have it open already. */
    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        }
    }
}

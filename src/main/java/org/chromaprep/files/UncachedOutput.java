package org.chromaprep.files;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a file past the operating system's page cache. Dumps are far larger than memory and not read again soon: cached,
 * they would push out what others need, and getting pages for them can cost a core more than all the rest of a frame's dump.
 *
 * <p>Such writes begin at, and are multiples of, the file system's blocks, so bytes wait in a buffer of this stream, the
 * last block is written whole and the file then cut to its length. They also wait for the disk: a thread of this stream's own
 * does that while the next buffer is filled, so that an error may come out at a later write, at the latest at {@link #close}.
 * Used by one thread; whoever made it closes it.
 */
public final class UncachedOutput extends OutputStream {
    private static final Logger LOGGER = LoggerFactory.getLogger(UncachedOutput.class);
    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final ExecutorService disk = Executors.newSingleThreadExecutor(UncachedOutput::thread);
    private final int block;
    private ByteBuffer buffer;
    private ByteBuffer other;
    private Future<?> writing = CompletableFuture.completedFuture(null);
    private long length;

    /** @param channel closed with this */
    UncachedOutput(FileChannel channel, int block) {
        this.channel = channel;
        this.block = block;
        this.buffer = buffer(block);
        this.other = buffer(block);
    }

    private static ByteBuffer buffer(int block) {
        return ByteBuffer.allocateDirect(BUFFER + block).alignedSlice(block).limit(BUFFER);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "chromaprep-disk");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts a file, or empties the one that is there; by the page cache where the file system knows no other way or does not
     * say its blocks.
     *
     * @throws IOException if the file cannot be made
     */
    public static OutputStream create(Path file) throws IOException {
        return create(file, folder -> Files.getFileStore(folder).getBlockSize());
    }

    /** Tells the size of a folder's blocks in bytes. */
    interface Blocks {
        long of(Path folder) throws IOException;
    }

    /** As {@link #create(Path)}, by another way to find the size of blocks. */
    static OutputStream create(Path file, Blocks blocks) throws IOException {
        var block = block(file.toAbsolutePath().resolveSibling(""), blocks);
        if (Long.bitCount(block) != 1 || block > BUFFER) {
            return Files.newOutputStream(file);
        }
        try {
            return new UncachedOutput(
                    FileChannel.open(
                            file,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            ExtendedOpenOption.DIRECT),
                    (int) block);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return Files.newOutputStream(file);
        }
    }

    /** 0 where it cannot be found out. */
    private static long block(Path folder, Blocks blocks) {
        try {
            return blocks.of(folder);
        } catch (IOException | SecurityException | UnsupportedOperationException e) {
            LOGGER.debug(
                    "The block size of {} cannot be found out ({}); shards are written by way of the page cache.",
                    folder,
                    e.getMessage());
            return 0;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        var done = 0;
        while (done < count) {
            var some = Math.min(count - done, buffer.remaining());
            buffer.put(bytes, from + done, some);
            done += some;
            if (!buffer.hasRemaining()) {
                empty();
            }
        }
        length += count;
    }

    private void empty() throws IOException {
        finishWriting();
        var full = buffer.flip();
        buffer = other.clear().limit(BUFFER);
        other = full;
        writing = disk.submit(() -> {
            while (full.hasRemaining()) {
                channel.write(full);
            }
            return full;
        });
    }

    private void finishWriting() throws IOException {
        try {
            writing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the disk was written.");
        }
    }

    /**
     * Brings all bytes so far to the disk. The last block is written as it is, and once more when it is full.
     *
     * @throws IOException if the disk is full or fails
     */
    public void sync() throws IOException {
        finishWriting();
        var position = channel.position();
        var some = buffer.position();
        if (some > 0) {
            var padded = buffer.duplicate();
            while (padded.position() % block != 0) {
                padded.put((byte) 0);
            }
            padded.flip();
            for (var at = position; padded.hasRemaining(); ) {
                at += channel.write(padded, at);
            }
        }
        channel.force(true);
    }

    /** Writes what waits, and closes the file. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            while (buffer.position() % block != 0) {
                buffer.put((byte) 0);
            }
            empty();
            finishWriting();
            channel.truncate(length);
        } finally {
            disk.shutdown();
        }
    }
}

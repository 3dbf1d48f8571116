package org.chromaprep.files;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a file past the operating system's page cache. Dumps are far larger than memory and not read again soon: cached,
 * they would push out what others need, and getting pages for them can cost a core more than all the rest of a frame's dump.
 *
 * <p>Such writes begin at, and are multiples of, the file system's blocks, so bytes wait in a buffer of this stream, the
 * last block is written whole and the file then cut to its length. Used by one thread; whoever made it closes it.
 */
public final class UncachedOutput extends OutputStream {
    private static final Logger LOGGER = LoggerFactory.getLogger(UncachedOutput.class);
    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final int block;
    private long length;

    private UncachedOutput(FileChannel channel, int block) {
        this.channel = channel;
        this.block = block;
        this.buffer = ByteBuffer.allocateDirect(BUFFER + block).alignedSlice(block).limit(BUFFER);
    }

    /**
     * Starts a file, or empties the one that is there; by the page cache where the file system knows no other way or does not
     * tell its blocks.
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
        var block = block(file.toAbsolutePath().getParent(), blocks);
        if (Long.bitCount(block) != 1 || block > BUFFER) {
            return Files.newOutputStream(file);
        }
        try {
            return new UncachedOutput(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, ExtendedOpenOption.DIRECT), (int) block);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return Files.newOutputStream(file);
        }
    }

    /** 0 where it cannot be found out. */
    private static long block(Path folder, Blocks blocks) {
        try {
            return blocks.of(folder);
        } catch (IOException | SecurityException | UnsupportedOperationException e) {
            LOGGER.debug("The block size of {} cannot be found out ({}); shards are written by way of the page cache.", folder,
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
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            buffer.clear().limit(BUFFER);
        }
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
            channel.truncate(length);
        }
    }
}

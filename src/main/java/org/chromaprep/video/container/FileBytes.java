package org.chromaprep.video.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads numbers from places of a file; beyond its end everything is 0. Whoever opened it closes it. One thread. */
final class FileBytes implements AutoCloseable {
    private final FileChannel channel;
    private final long size;

    private FileBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    static FileBytes open(Path file) throws IOException {
        return new FileBytes(FileChannel.open(file, StandardOpenOption.READ));
    }

    long size() {
        return size;
    }

    /** As many bytes as there are from a place on, filled up with zeros. */
    byte[] read(long at, int count) throws IOException {
        var buffer = ByteBuffer.allocate(count);
        var more = at >= 0;
        while (more && buffer.hasRemaining()) {
            more = channel.read(buffer, at + buffer.position()) > 0;
        }
        return buffer.array();
    }

    /** A number of up to 8 bytes, the greatest first. */
    long big(long at, int count) throws IOException {
        var number = 0L;
        for (var each : read(at, count)) {
            number = number << Byte.SIZE | each & 0xFF;
        }
        return number;
    }

    /** A number of up to 8 bytes, the least first. */
    long little(long at, int count) throws IOException {
        var bytes = read(at, count);
        var number = 0L;
        for (var i = count - 1; i >= 0; i--) {
            number = number << Byte.SIZE | bytes[i] & 0xFF;
        }
        return number;
    }

    boolean has(long at, int... bytes) throws IOException {
        var wanted = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            wanted[i] = (byte) bytes[i];
        }
        return at + bytes.length <= size && Arrays.equals(read(at, bytes.length), wanted);
    }

    boolean has(long at, String ascii) throws IOException {
        return has(at, ascii.chars().toArray());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

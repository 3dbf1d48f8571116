package org.chromaprep.video.source;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Finds out, after a read of a file has failed, whose fault it was: that of a place on the disk, which stays unreadable whatever is
 * done, so that what is coded there is lost; or that of the disk as a whole, or of the way to it, after which nothing may be said of
 * the film.
 */
final class DiskTrouble {
    /** Disks fail by such pieces, and systems read ahead. */
    private static final int BLOCK = 4096;

    private static final int BLOCKS_AHEAD = 32;

    private DiskTrouble() {}

    /** Whose fault it was. */
    enum Fault {
        /** Elsewhere the file can be read. */
        PLACE,
        /** Nowhere can it be read. */
        DISK,
        /** It can be read now where it could not. */
        PASSED
    }

    /** Reads a block. */
    interface Reading {
        /**
         * @param place of the block in the file, a multiple of 4096
         * @throws IOException if it cannot be read
         */
        void read(long place) throws IOException;
    }

    /** Whose fault it was that a file could not be read on from a place. */
    static Fault of(Path file, long place) {
        try {
            return of(place, Files.size(file), block -> read(file, block));
        } catch (IOException e) {
            return Fault.DISK;
        }
    }

    /** As the other one, of a file of so many bytes. */
    static Fault of(long place, long bytes, Reading file) {
        var first = Math.min(place, Math.max(0, bytes - 1)) / BLOCK;
        var end = Math.min(first + BLOCKS_AHEAD, (bytes + BLOCK - 1) / BLOCK);
        if (LongStream.range(first, end).allMatch(block -> isReadable(file, block))) {
            return Fault.PASSED;
        }
        var last = Math.max(0, bytes - 1) / BLOCK;
        return LongStream.of(0, last / 4, last / 2, last).anyMatch(block -> isReadable(file, block))
                ? Fault.PLACE
                : Fault.DISK;
    }

    private static boolean isReadable(Reading file, long block) {
        try {
            file.read(block * BLOCK);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    // What the system has in memory says nothing of the disk.
    private static void read(Path file, long place) throws IOException {
        try {
            read(file, place, Set.of(StandardOpenOption.READ, ExtendedOpenOption.DIRECT));
        } catch (UnsupportedOperationException e) {
            read(file, place, Set.of(StandardOpenOption.READ));
        }
    }

    private static void read(Path file, long place, Set<OpenOption> options) throws IOException {
        try (var channel = FileChannel.open(file, options)) {
            channel.read(
                    ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK), place);
        }
    }
}

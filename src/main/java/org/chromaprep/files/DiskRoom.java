package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The room that films at work share on the output's disk: each has reserved what it may still write, so that two that each would fit do
 * not fill the disk together. Safe for several threads.
 */
public final class DiskRoom {
    private static final double MEGA = 1e6;

    private final DiskSpace.Left left;
    private final Set<Share> shares = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param left how much room there is */
    public DiskRoom(DiskSpace.Left left) {
        this.left = left;
    }

    /** How many bytes an output folder, which need not be there, has room for; empty where nobody says. */
    public OptionalLong left(Path out) {
        return left.of(out);
    }

    /**
     * A film's share, which has nothing reserved yet. The caller closes it when nothing more is written, and what is still reserved is
     * free.
     *
     * @param out the run's output folder
     * @param folder the film's in it, which need not be there
     * @param film its name in sentences
     */
    public Share share(Path out, Path folder, String film) {
        return new Share(out, folder, film);
    }

    /**
     * Whether there is room for another film beside those at work.
     *
     * @param needed bytes that it may write
     */
    public synchronized boolean has(Path out, long needed) {
        var free = left.of(out);
        return free.isEmpty()
                || free.getAsLong()
                                - shares.stream().mapToLong(Share::remainder).sum()
                        >= needed;
    }

    /** What a film may still write. */
    public final class Share implements AutoCloseable {
        private final Path out;
        private final Path folder;
        private final String film;
        private long reserved;
        private long before;

        private Share(Path out, Path folder, String film) {
            this.out = out;
            this.folder = folder;
            this.film = film;
        }

        /**
         * Reserves what the film may write from now on, or refuses it; what it had reserved before and has not written stays reserved.
         *
         * @param needed bytes
         * @throws OutputException if the disk has less left, or the output folder cannot be made; where other films are at work,
         *     {@link OutputException#roomNeeded} says that it may have more when they have ended
         */
        public void reserve(long needed) throws OutputException {
            synchronized (DiskRoom.this) {
                var others = shares.stream().filter(share -> share != this).toList();
                if (others.isEmpty()) {
                    DiskSpace.check(out, film, needed, left);
                }
                var free = left.of(out);
                var unwritten = others.stream().mapToLong(Share::remainder).sum();
                if (free.isPresent() && free.getAsLong() - unwritten < needed) {
                    throw refusal(needed, free.getAsLong(), unwritten);
                }
                reserved = Math.max(needed, remainder());
                before = size(folder);
                shares.add(this);
            }
        }

        private OutputException refusal(long needed, long free, long unwritten) {
            return OutputException.ofRoomForNow(
                    String.format(
                            Locale.ROOT,
                            "%s may need %.0f MB, and of the %.0f MB that the disk of %s has left, the films at work may still"
                                    + " write %.0f MB; it is processed when they have ended.",
                            film,
                            needed / MEGA,
                            free / MEGA,
                            out,
                            unwritten / MEGA),
                    needed);
        }

        private long remainder() {
            return reserved == 0 ? 0 : Math.max(0, reserved - Math.max(0, size(folder) - before));
        }

        @Override
        public void close() {
            synchronized (DiskRoom.this) {
                shares.remove(this);
            }
        }
    }

    /** Bytes of all files below a folder, as far as they can be seen; those that come or go meanwhile may be missing. */
    private static long size(Path folder) {
        var bytes = new long[1];
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path place, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // What cannot be seen counts as not written, and stays reserved.
            return bytes[0];
        }
        return bytes[0];
    }
}

package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what a run may write with what the disk has left, where the system says. */
public final class DiskSpace {
    private static final Logger LOGGER = LoggerFactory.getLogger(DiskSpace.class);
    private static final double MEGA = 1e6;

    private DiskSpace() {}

    /** Says how much room there is for a folder. */
    public interface Left {
        /**
         * @param folder which need not be there
         * @return bytes; empty where nobody says
         */
        OptionalLong of(Path folder);
    }

    /** Tells which disk a folder is on. */
    interface Disks {
        FileStore of(Path folder) throws IOException;
    }

    /**
     * Refuses what would not fit. Some systems do not say how much a disk has left, as in a chroot without a list of
     * mounts; it then starts without this advice.
     *
     * @param out the output folder, which is made if it is not there
     * @param film what would be written there, by its name
     * @param needed bytes that may be written
     * @param left how much room there is
     * @throws OutputException if there is less, or the folder cannot be made
     */
    public static void check(Path out, String film, long needed, Left left) throws OutputException {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw Failures.writing(out, e);
        }
        var free = left.of(out);
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new OutputException(String.format(
                    Locale.ROOT,
                    "%s may need %.0f MB, but the disk of %s has %.0f MB left;"
                            + " make space, or choose fewer `dump`, `samples` or frames.",
                    film,
                    needed / MEGA,
                    out,
                    free.getAsLong() / MEGA));
        }
    }

    /** What the disk of a folder, which need not be there, has left; empty where the system does not say. */
    public static OptionalLong left(Path folder) {
        return left(folder, Files::getFileStore);
    }

    /** As {@link #left(Path)}, by another way to find disks. */
    static OptionalLong left(Path folder, Disks disks) {
        try {
            var there = folder.toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            var disk = disks.of(there);
            if (disk.getTotalSpace() > 0) {
                return OptionalLong.of(disk.getUsableSpace());
            }
            LOGGER.debug(
                    "The disk of {} does not say its size; the run starts without looking whether it fits.", folder);
        } catch (IOException | SecurityException | UnsupportedOperationException e) {
            LOGGER.debug(
                    "How much the disk of {} has left cannot be found out ({}); the run starts without looking whether it"
                            + " fits.",
                    folder,
                    e.getMessage());
        }
        return OptionalLong.empty();
    }
}

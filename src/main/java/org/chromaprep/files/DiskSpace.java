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

    /**
     * Refuses a run that would not fit. Some systems do not say how much a disk has left, as in a chroot without a list of
     * mounts; the run then starts without this advice.
     *
     * @param out the output folder, which is made if it is not there
     * @param needed bytes that the run may write
     * @throws OutputException if the disk has less, or the folder cannot be made
     */
    public static void check(Path out, long needed) throws OutputException {
        check(out, needed, Files::getFileStore);
    }

    /** Tells which disk a folder is on. */
    interface Disks {
        FileStore of(Path folder) throws IOException;
    }

    /** As {@link #check(Path, long)}, by another way to find disks. */
    static void check(Path out, long needed, Disks disks) throws OutputException {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw Failures.writing(out, e);
        }
        var free = free(out, disks);
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new OutputException(String.format(
                    Locale.ROOT,
                    "The run may need %.0f MB, but the disk of %s has %.0f MB left;"
                            + " make space, or choose fewer `dump`, `samples` or frames.",
                    needed / MEGA,
                    out,
                    free.getAsLong() / MEGA));
        }
    }

    private static OptionalLong free(Path out, Disks disks) {
        try {
            var disk = disks.of(out);
            if (disk.getTotalSpace() > 0) {
                return OptionalLong.of(disk.getUsableSpace());
            }
            LOGGER.debug("The disk of {} does not say its size; the run starts without looking whether it fits.", out);
        } catch (IOException | SecurityException | UnsupportedOperationException e) {
            LOGGER.debug(
                    "How much the disk of {} has left cannot be found out ({}); the run starts without looking whether it"
                            + " fits.",
                    out,
                    e.getMessage());
        }
        return OptionalLong.empty();
    }
}

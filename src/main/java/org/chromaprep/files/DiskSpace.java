package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares what a run may write with what the disk has left. */
public final class DiskSpace {
    private static final double MEGA = 1e6;

    private DiskSpace() {}

    /**
     * @param out the output folder, which is made if it is not there
     * @param needed bytes that the run may write
     * @throws OutputException if the disk has less, or the folder cannot be made
     */
    public static void check(Path out, long needed) throws OutputException {
        try {
            Files.createDirectories(out);
            var free = Files.getFileStore(out).getUsableSpace();
            if (free < needed) {
                throw new OutputException("The run may need %.0f MB, but the disk of %s has %.0f MB left; make space, or choose fewer --dump, --samples or frames."
                        .formatted(needed / MEGA, out, free / MEGA));
            }
        } catch (IOException e) {
            throw Failures.writing(out, e);
        }
    }
}

package org.chromaprep.files;

import java.nio.file.Path;

/**
 * An output folder as a run knows it. Where its disk is taken away, the folder that it was mounted at is empty, or not there, and
 * would take a second output: whoever is about to make something in it asks before. Safe for use by several threads.
 */
public final class OutputPlace {
    private final Path out;
    private volatile boolean filled;

    /** @param out which need not be there yet */
    public OutputPlace(Path out) {
        this.out = out;
    }

    /**
     * Looks whether the folder is still there.
     *
     * @throws OutputException if it had something in it the last time, and has nothing now
     */
    public void check() throws OutputException {
        if (!Disks.isWithoutFiles(out)) {
            filled = true;
        } else if (filled) {
            throw Failures.gone(out);
        }
    }
}

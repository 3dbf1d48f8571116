package org.chromaprep.vgg;

import java.util.OptionalLong;

/** Is called with how far a download is, on the thread that asked for it. */
@FunctionalInterface
public interface DownloadProgress {
    /** Tells nobody. */
    DownloadProgress NONE = (file, done, total) -> {};

    /**
     * @param file name of the file
     * @param done bytes that have come
     * @param total bytes of the whole file, if the server says
     */
    void at(String file, long done, OptionalLong total);
}

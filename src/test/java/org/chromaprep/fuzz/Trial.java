package org.chromaprep.fuzz;

import java.nio.file.Path;

/** Feeds damaged files of one kind to the part of the program that reads them. */
interface Trial extends AutoCloseable {
    /**
     * @param file the damaged file
     * @param scratch an empty folder
     */
    Outcome run(Path file, Path scratch) throws Exception;

    @Override
    default void close() {}
}

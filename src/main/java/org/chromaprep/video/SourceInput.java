package org.chromaprep.video;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One film that can be opened. Each kind of source is one class, which says what the rest of the program must know of it; a new
 * kind needs no change elsewhere but where its name is recognised.
 */
public interface SourceInput {
    /** What to call it: a file name, a folder name, or the text that was given; without passwords. */
    String name();

    /** The name of its output folder, before that is made safe: {@link #name} without a file's ending. */
    default String stem() {
        return name();
    }

    /** Whether it happens now, so that what is not taken at once is gone. */
    default boolean live() {
        return false;
    }

    /** Whether it gives the same frames each time it is opened. */
    default boolean repeatable() {
        return false;
    }

    /** Whether it is over at some time without being cancelled. */
    default boolean endsByItself() {
        return true;
    }

    /** Whether it may send nothing for any time, so that a wished duration is that of the clock on the wall. */
    default boolean maySleep() {
        return false;
    }

    /** The one file that it is, which can be hashed, searched and asked for sound; empty for all else. */
    default Optional<Path> localFile() {
        return Optional.empty();
    }

    /** All files that it consists of, in order: the one, or a sequence of pictures; none of all else. */
    default List<Path> files() {
        return localFile().map(List::of).orElse(List.of());
    }

    /**
     * Looks whether this machine has what opening it takes, which costs next to nothing; so that nobody waits for weights first.
     *
     * @throws SourceException if something is missing, which opening it would say as well
     */
    default void demand() throws SourceException {}

    /**
     * Opens it and decodes its first frame; it may then have no end, and is not paced.
     *
     * @param cancelled whether nobody wants it any more; asked from any thread
     * @return the caller closes it
     * @throws SourceException if it is missing, may not be read, is empty, is no film, has no video or no frame, is coded
     *         in a way that the bundled FFmpeg does not know, or is larger than allowed
     */
    VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException;
}

package org.chromaprep.video;

import java.util.Optional;

/** A film that is read frame by frame, in display order. Whoever opened it closes it. One thread at a time. */
public interface VideoSource extends AutoCloseable {
    /** What is known of the film, as its first frame has it. */
    SourceInfo info();

    /**
     * Reads on.
     *
     * @param into takes the frame over if there is one, and is left alone otherwise; the caller's own
     * @throws SourceException if the film cannot be read any further and no lost frame can stand for the rest
     */
    ReadResult read(Picture into) throws SourceException;

    /** Whether {@link #enter} works. */
    default boolean enterable() {
        return false;
    }

    /**
     * Goes on elsewhere, as if everything before had been read.
     *
     * @param results that reads before would have given, lost frames included
     * @param frames of these that would have been frames
     * @throws UnsupportedOperationException if it cannot be entered anywhere
     */
    default void enter(long results, long frames) throws SourceException {
        throw new UnsupportedOperationException(info().name() + " can be read from its beginning only.");
    }

    /** Has {@link #place} know where reading stands, which costs a look at every pixel. Called before the first read, or never. */
    default void keepPlaces() {}

    /** Where reading stands; empty where that is not kept. On the thread that reads. */
    default Optional<FilmPlace> place() {
        return Optional.empty();
    }

    /**
     * Continues at a place, as if everything before had been read, if what is read before it is what was read then. Otherwise nothing
     * more can be read here, and the film is opened again. Called before the first read.
     *
     * @param place which the same film had
     * @return whether the next read gives what lies behind the place
     * @throws SourceException if the film cannot be read
     */
    default boolean enter(FilmPlace place, Approach approach) throws SourceException {
        return false;
    }

    /** What reading has shown so far; on the thread that reads. */
    default Findings findings() {
        return Findings.NONE;
    }

    @Override
    void close();
}

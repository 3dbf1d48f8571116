package org.chromaprep.video;

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

    /** What reading has shown so far; on the thread that reads. */
    default Findings findings() {
        return Findings.NONE;
    }

    @Override
    void close();
}

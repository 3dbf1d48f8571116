package org.chromaprep.pipeline.colour;

import java.util.Optional;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.output.film.ColourRecord;

/**
 * Tells the colours of one film's frames. The ring asks for them in order, on one thread; whoever opened it closes it.
 */
public interface FrameColourist extends AutoCloseable {
    /**
     * Colours a frame.
     *
     * @param frame its number in the film
     * @param luma its grey values on the grid, 0 to 255, row by row; only read
     * @param hypercolumns of the frame
     * @param into receives the colours
     * @return where they are from; empty if the run was asked to stop while they were waited for
     * @throws Exception whatever ends the run
     */
    Optional<ColourRecord> colour(long frame, byte[] luma, HypercolumnMatrix hypercolumns, FrameColours into)
            throws Exception;

    @Override
    void close();
}

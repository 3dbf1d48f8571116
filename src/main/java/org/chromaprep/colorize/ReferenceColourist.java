package org.chromaprep.colorize;

import java.util.Optional;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.output.film.ColourRecord;
import org.chromaprep.pipeline.colour.FrameColourist;
import org.chromaprep.pipeline.colour.FrameColours;

/** Colours a film's frames by its shots, each once it is learned. Closes what prepares the shots. */
final class ReferenceColourist implements FrameColourist {
    private final ShotPreparer shots;
    private final FramePainter painter;
    private Optional<ShotColours> present = Optional.empty();

    ReferenceColourist(ShotPreparer shots, Grid grid, boolean withFlow) {
        this.shots = shots;
        painter = new FramePainter(grid, withFlow);
    }

    @Override
    public Optional<ColourRecord> colour(long frame, byte[] luma, HypercolumnMatrix hypercolumns, FrameColours into)
            throws Exception {
        while (present.isEmpty() || present.get().shot().last() < frame) {
            present = shots.take();
            if (present.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(painter.paint(present.get(), frame, luma, hypercolumns, into));
    }

    @Override
    public void close() {
        shots.close();
        painter.close();
    }
}

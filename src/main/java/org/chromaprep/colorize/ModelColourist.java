package org.chromaprep.colorize;

import java.util.List;
import java.util.Optional;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.learn.Model;
import org.chromaprep.output.film.ColourRecord;
import org.chromaprep.pipeline.colour.FrameColourist;
import org.chromaprep.pipeline.colour.FrameColours;

/** Colours every frame by one model, without looking at any other frame: also what happens now. */
final class ModelColourist implements FrameColourist {
    private final ShotColours colours;
    private final FramePainter painter;

    ModelColourist(Model model, Grid grid) {
        colours = ShotColours.of(
                new Shot(0, 0, Long.MAX_VALUE - 1, 0, 0),
                ShotColours.MODEL,
                List.of(),
                model.heads(),
                grid,
                Optional.empty());
        painter = new FramePainter(grid, false);
    }

    @Override
    public Optional<ColourRecord> colour(long frame, byte[] luma, HypercolumnMatrix hypercolumns, FrameColours into) {
        return Optional.of(painter.paint(colours, frame, luma, hypercolumns, into));
    }

    @Override
    public void close() {
        painter.close();
    }
}

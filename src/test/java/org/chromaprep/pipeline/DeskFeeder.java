package org.chromaprep.pipeline;

import java.util.Arrays;
import java.util.List;
import org.chromaprep.annotate.GridPlacement;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.watch.LiveLook;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.pipeline.watch.Similarity;

/** Plays the part of a run at a desk, for tests of what watches it. */
public final class DeskFeeder {
    private final RunMonitor desk = new RunMonitor();
    private long frame;

    /** @param changeable whether clusters and layers may change */
    public DeskFeeder(boolean changeable) {
        desk.begin(
                new RunMonitor.Shape(
                        "door", new Grid(4, 8), List.of("conv1_2", "conv2_2"), changeable, 2, 0.5, GridPlacement.WHOLE),
                new LiveLook(2, List.of("conv1_2", "conv2_2"), 45));
    }

    public RunMonitor desk() {
        return desk;
    }

    /** A frame of one grey goes by; questions that wait are answered with their pixel's number in every place. */
    public void frame(int grey) {
        frame++;
        var canvas = new int[400 * 300];
        Arrays.fill(canvas, 0x010101 * grey);
        for (var question = desk.nextQuestion(); question.isPresent(); question = desk.nextQuestion()) {
            var pixel = question.get().pixel();
            var cosines = new float[32];
            Arrays.fill(cosines, pixel);
            question.get().answer().complete(new Similarity(frame, frame / 25.0, pixel % 8, pixel / 8, 8, 4, cosines));
        }
        desk.painted(frame, frame / 25.0, 400, 300, canvas);
        desk.counted(new LedgerCounts(2 * frame, frame, 0, frame, 0));
    }
}

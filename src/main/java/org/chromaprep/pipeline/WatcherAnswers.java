package org.chromaprep.pipeline;

import org.chromaprep.hypercolumn.CosineSimilarity;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.pipeline.watch.Similarity;

/** Answers the questions of those who watch a run with X V on the frame in hand. One thread. */
final class WatcherAnswers {
    private final RunMonitor desk;

    /** @param desk where the questions come from */
    WatcherAnswers(RunMonitor desk) {
        this.desk = desk;
    }

    /** Answers what has been asked since the frame before. */
    void give(FrameSlot slot, HypercolumnMatrix matrix) {
        for (var question = desk.nextQuestion(); question.isPresent(); question = desk.nextQuestion()) {
            question.get()
                    .answer()
                    .complete(similarity(slot, matrix, question.get().pixel()));
        }
    }

    private static Similarity similarity(FrameSlot slot, HypercolumnMatrix matrix, int pixel) {
        var grid = matrix.grid();
        var norms = new double[grid.pixels()];
        matrix.squaredNorms(norms);
        var cosines = CosineSimilarity.to(pixel, matrix, norms);
        var time = slot.decoded.picture.time();
        return new Similarity(
                time.index(),
                time.seconds(),
                pixel % grid.width(),
                pixel / grid.width(),
                grid.width(),
                grid.height(),
                cosines);
    }
}

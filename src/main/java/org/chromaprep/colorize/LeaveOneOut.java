package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.chromaprep.evaluate.Evaluation;
import org.chromaprep.pipeline.FilmWalk;
import org.chromaprep.pipeline.colour.FrameColours;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;

/** Colours each reference of a shot by the others, and says how far that is from what it is. One thread. */
final class LeaveOneOut {
    private final SourceInput film;
    private final FilmSettings settings;
    private final FilmReferences known;
    private final ShotLearner learner;
    private final FrameNetwork network;
    private final boolean withFlow;
    private final BooleanSupplier cancelled;

    /** @param learner and network stay the caller's */
    LeaveOneOut(
            SourceInput film,
            FilmSettings settings,
            FilmReferences known,
            ShotLearner learner,
            FrameNetwork network,
            boolean withFlow,
            BooleanSupplier cancelled) {
        this.film = film;
        this.settings = settings;
        this.known = known;
        this.learner = learner;
        this.network = network;
        this.withFlow = withFlow;
        this.cancelled = cancelled;
    }

    List<Evaluation.LeftOut> run() throws SourceException, InterruptedException {
        var results = new ArrayList<Evaluation.LeftOut>();
        try (var walk = FilmWalk.open(film, settings, cancelled);
                var painter = new FramePainter(settings.grid(), withFlow)) {
            var more = walk.next();
            for (var shot : known.shots().shots()) {
                var references = known.of(shot);
                var anchors = new HashMap<Integer, byte[]>();
                while (more && walk.time().index() <= shot.last()) {
                    var frame = walk.time().index();
                    if (references.size() > 1
                            && (ShotLearner.isAnchor(shot, frame)
                                    || references.stream().anyMatch(each -> each.frame() == frame))) {
                        var luma = new byte[settings.grid().pixels()];
                        walk.luma(luma);
                        anchors.put((int) (frame - shot.first()), luma);
                    }
                    more = walk.next();
                }
                for (var i = 0; references.size() > 1 && i < references.size() && !cancelled.getAsBoolean(); i++) {
                    leave(shot, references, i, anchors, painter, results);
                }
            }
        }
        return results;
    }

    private void leave(
            Shot shot,
            List<Reference> references,
            int out,
            Map<Integer, byte[]> anchors,
            FramePainter painter,
            List<Evaluation.LeftOut> results)
            throws InterruptedException {
        var others = new ArrayList<>(references);
        var left = others.remove(out);
        var frames =
                anchors.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        var lumas = new ArrayList<byte[]>();
        for (var frame : frames) {
            lumas.add(anchors.get(frame));
        }
        var colours = learner.learn(shot, others, frames, lumas, List.of(), cancelled);
        if (colours.isEmpty()) {
            return;
        }
        var predicted = new FrameColours(settings.grid());
        try (var features = network.forward(left.luma())) {
            painter.paint(colours.get(), left.frame(), left.luma(), features.matrix(), predicted);
        }
        var sum = 0.0;
        var truth = left.picture().ab();
        for (var i = 0; i < truth.length; i++) {
            sum += (predicted.ab()[i] - truth[i]) * (double) (predicted.ab()[i] - truth[i]);
        }
        results.add(new Evaluation.LeftOut(
                left.frame(), shot.number(), Math.round(1000 * Math.sqrt(sum / truth.length)) / 1000.0));
    }
}

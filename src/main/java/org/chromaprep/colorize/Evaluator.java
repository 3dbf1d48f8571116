package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.chromaprep.evaluate.Colours;
import org.chromaprep.evaluate.Evaluation;
import org.chromaprep.evaluate.EvaluationFiles;
import org.chromaprep.evaluate.FrameScore;
import org.chromaprep.evaluate.WayScores;
import org.chromaprep.flow.DenseFlow;
import org.chromaprep.flow.ShotFlow;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.FilmWalk;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.scale.LabScaler;
import org.chromaprep.video.source.Sources;

/**
 * Compares a coloured film with the true one, frame by frame, beside what grey, the references' mean colour, their colours copied
 * and their colours carried along the optical flow would be. Goes through the true film twice side by side: ahead for a shot's
 * anchors, and behind for its scores. One thread.
 */
public final class Evaluator {
    private static final long[] DISTANCES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, Long.MAX_VALUE};
    private static final String COLOURED = "coloured";

    private final SourceInput coloured;
    private final SourceInput truth;
    private final FilmSettings settings;
    private final Grid grid;
    private final List<Long> references;
    private final boolean withFlow;
    private final LongConsumer progress;
    private final BooleanSupplier cancelled;

    private final Map<String, WayScores.Sum> film = new LinkedHashMap<>();
    private final List<Evaluation.ShotScores> shots = new ArrayList<>();
    private final List<EvaluationFiles.Frame> frames = new ArrayList<>();

    /**
     * @param coloured the coloured film: as many frames as are selected of the true one, in the same order
     * @param truth the film with the true colours
     * @param settings which frames of the true film, on which grid
     * @param references frames whose colours were known, ascending
     * @param withFlow whether colours carried along the flow are a way, too
     * @param progress is called with how many frames were scored
     * @param cancelled ends the work
     */
    public Evaluator(
            SourceInput coloured,
            SourceInput truth,
            FilmSettings settings,
            List<Long> references,
            boolean withFlow,
            LongConsumer progress,
            BooleanSupplier cancelled) {
        this.coloured = coloured;
        this.truth = truth;
        this.settings = settings;
        this.grid = settings.grid();
        this.references = List.copyOf(references);
        this.withFlow = withFlow;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    /**
     * An evaluation and its frames.
     *
     * @param evaluation of film and shots
     * @param frames of each frame
     */
    public record Scores(Evaluation evaluation, List<EvaluationFiles.Frame> frames) {}

    /** What is known of a shot before its frames are scored. */
    private static final class Known {
        private final int scene;
        private final List<Long> references = new ArrayList<>();
        private final List<float[]> colours = new ArrayList<>();
        private final List<Integer> anchors = new ArrayList<>();
        private final List<byte[]> lumas = new ArrayList<>();
        private final long first;
        private long last;
        private int step = ShotLearner.ANCHOR_STEP;
        private Optional<ShotFlow> flow = Optional.empty();

        Known(int scene, long first) {
            this.scene = scene;
            this.first = first;
            this.last = first;
        }

        /** Keeps every second anchor, and the references: nobody knows beforehand how long a shot is. */
        void thin() {
            step *= 2;
            for (var i = anchors.size() - 1; i > 0; i--) {
                if (anchors.get(i) % step != 0 && !references.contains(first + anchors.get(i))) {
                    anchors.remove(i);
                    lumas.remove(i);
                }
            }
        }

        /** The place of the reference nearest to a frame; -1 where there is none. */
        int nearest(long frame) {
            var best = -1;
            for (var i = 0; i < references.size(); i++) {
                if (best < 0 || Math.abs(references.get(i) - frame) < Math.abs(references.get(best) - frame)) {
                    best = i;
                }
            }
            return best;
        }
    }

    /**
     * Compares the films.
     *
     * @param leftOut what is known of references that others predicted
     * @return empty if it was cancelled
     * @throws SourceException if a film cannot be read, or they have not as many frames
     */
    public Optional<Scores> run(List<Evaluation.LeftOut> leftOut) throws SourceException {
        var framing = Framing.of(Fit.STRETCH);
        try (var ahead = FilmWalk.open(truth, settings, cancelled);
                var behind = FilmWalk.open(truth, settings, cancelled);
                var source = Sources.open(coloured, SourceOptions.DEFAULT, cancelled);
                var picture = new Picture();
                var scaler = new LabScaler(grid.width(), grid.height(), framing);
                var other = new LabScaler(grid.width(), grid.height(), framing);
                var flow = flow()) {
            var more = ahead.next();
            while (more) {
                var shot = new Known(ahead.scene(), ahead.time().index());
                while (more && ahead.scene() == shot.scene) {
                    learn(shot, ahead, scaler);
                    more = ahead.next();
                }
                if (cancelled.getAsBoolean()) {
                    return Optional.empty();
                }
                follow(shot, flow);
                score(shot, behind, source, picture, scaler, other, flow);
            }
            if (!cancelled.getAsBoolean() && read(source, picture)) {
                throw new SourceException(coloured.name() + " has more frames than " + truth.name()
                        + "; compare films of the same frames.");
            }
        }
        return cancelled.getAsBoolean() ? Optional.empty() : Optional.of(new Scores(evaluation(leftOut), frames));
    }

    private Evaluation evaluation(List<Evaluation.LeftOut> leftOut) {
        var ways = new LinkedHashMap<String, WayScores>();
        film.forEach((way, sum) -> ways.put(way, sum.scores()));
        return new Evaluation(
                coloured.name(),
                truth.name(),
                List.of(grid.width(), grid.height()),
                ways,
                shots,
                byDistance(),
                leftOut);
    }

    private List<Evaluation.Distance> byDistance() {
        var bins = new TreeMap<Integer, List<EvaluationFiles.Frame>>();
        for (var frame : frames) {
            if (frame.distance() > 0) {
                var bin = 0;
                while (frame.distance() >= DISTANCES[bin + 1]) {
                    bin++;
                }
                bins.computeIfAbsent(bin, key -> new ArrayList<>()).add(frame);
            }
        }
        var distances = new ArrayList<Evaluation.Distance>();
        bins.forEach((bin, own) -> {
            var rmse = new LinkedHashMap<String, Double>();
            own.get(0).ways().keySet().stream()
                    .filter(way -> !way.equals("truth"))
                    .forEach(way -> rmse.put(
                            way,
                            Math.round(1000
                                            * own.stream()
                                                    .mapToDouble(frame ->
                                                            frame.score(way).rmse())
                                                    .average()
                                                    .orElseThrow())
                                    / 1000.0));
            var last = own.stream()
                    .mapToLong(EvaluationFiles.Frame::distance)
                    .max()
                    .orElseThrow();
            distances.add(
                    new Evaluation.Distance(DISTANCES[bin], Math.min(DISTANCES[bin + 1] - 1, last), own.size(), rmse));
        });
        return distances;
    }

    // Without flow there is nothing to close.
    private FlowHolder flow() {
        return new FlowHolder(withFlow ? Optional.of(new DenseFlow(grid)) : Optional.empty());
    }

    private record FlowHolder(Optional<DenseFlow> flow) implements AutoCloseable {
        @Override
        public void close() {
            flow.ifPresent(DenseFlow::close);
        }
    }

    private void learn(Known shot, FilmWalk walk, LabScaler scaler) {
        var frame = walk.time().index();
        shot.last = frame;
        var isReference = references.contains(frame);
        if (isReference) {
            var ab = new float[2 * grid.pixels()];
            scaler.scale(walk.picture(), new float[grid.pixels()], ab);
            shot.references.add(frame);
            shot.colours.add(ab);
        }
        if (withFlow && (isReference || (frame - shot.first) % shot.step == 0)) {
            var luma = new byte[grid.pixels()];
            walk.luma(luma);
            shot.anchors.add((int) (frame - shot.first));
            shot.lumas.add(luma);
            if (shot.anchors.size() > ShotLearner.MOST_ANCHORS) {
                shot.thin();
            }
        }
    }

    private void follow(Known shot, FlowHolder flow) {
        if (flow.flow().isPresent() && !shot.references.isEmpty()) {
            shot.flow = Optional.of(new ShotFlow(
                    flow.flow().get(),
                    grid,
                    shot.anchors.stream().mapToInt(Integer::intValue).toArray(),
                    shot.lumas,
                    shot.references.stream()
                            .mapToInt(each -> (int) (each - shot.first))
                            .toArray(),
                    shot.colours,
                    cancelled));
        }
        shot.lumas.clear();
    }

    private void score(
            Known shot,
            FilmWalk walk,
            VideoSource source,
            Picture picture,
            LabScaler scaler,
            LabScaler other,
            FlowHolder flow)
            throws SourceException {
        var sums = new LinkedHashMap<String, WayScores.Sum>();
        film.values().forEach(WayScores.Sum::cut);
        var luma = new byte[grid.pixels()];
        var carried = new float[2 * grid.pixels()];
        while (!cancelled.getAsBoolean()
                && (frames.isEmpty() || frames.get(frames.size() - 1).frame() != shot.last)
                && walk.next()) {
            var frame = walk.time().index();
            if (!read(source, picture)) {
                throw new SourceException(coloured.name() + " has fewer frames than " + truth.name()
                        + " (it ends before frame " + frame + "); compare films of the same frames.");
            }
            var real = colours(scaler, walk.picture());
            walk.luma(luma);
            var ways = new LinkedHashMap<String, Colours>();
            ways.put(COLOURED, colours(other, picture));
            ways.put("grey", real.with(new float[2 * grid.pixels()]));
            var nearest = shot.nearest(frame);
            ways.put("mean", nearest < 0 ? ways.get("grey") : real.with(mean(shot.colours.get(nearest))));
            ways.put("copied", nearest < 0 ? ways.get("grey") : real.with(shot.colours.get(nearest)));
            if (withFlow) {
                if (shot.flow.isPresent()) {
                    shot.flow
                            .get()
                            .carry(
                                    flow.flow().orElseThrow(),
                                    (int) (frame - shot.first),
                                    luma,
                                    carried,
                                    new float[grid.pixels()]);
                }
                ways.put("flow", shot.flow.isPresent() ? real.with(carried.clone()) : ways.get("grey"));
            }
            ways.put("truth", real);
            var distance = nearest < 0 ? -1 : Math.abs(shot.references.get(nearest) - frame);
            add(
                    new EvaluationFiles.Frame(frame, walk.time().seconds(), shot.scene, distance, scores(ways, real)),
                    luma,
                    ways,
                    sums);
        }
        var ways = new LinkedHashMap<String, WayScores>();
        sums.forEach((way, sum) -> ways.put(way, sum.scores()));
        shots.add(new Evaluation.ShotScores(shot.scene, shot.first, shot.last, shot.references, ways));
    }

    private static Map<String, FrameScore> scores(Map<String, Colours> ways, Colours real) {
        var scores = new LinkedHashMap<String, FrameScore>();
        ways.forEach((way, colours) -> scores.put(way, FrameScore.of(colours, real)));
        return scores;
    }

    private void add(
            EvaluationFiles.Frame frame, byte[] luma, Map<String, Colours> ways, Map<String, WayScores.Sum> sums) {
        ways.forEach((way, colours) -> {
            for (var each : List.of(film, sums)) {
                each.computeIfAbsent(way, key -> new WayScores.Sum(grid.width()))
                        .add(luma, colours, frame.score(way), frame.distance() != 0);
            }
        });
        frames.add(frame);
        progress.accept(frames.size());
    }

    private Colours colours(LabScaler scaler, Picture picture) {
        var colours = new Colours(new float[grid.pixels()], new float[2 * grid.pixels()]);
        scaler.scale(picture, colours.lightness(), colours.ab());
        return colours;
    }

    private static float[] mean(float[] ab) {
        var sums = new double[2];
        for (var i = 0; i < ab.length; i++) {
            sums[i % 2] += ab[i];
        }
        var mean = new float[ab.length];
        for (var i = 0; i < ab.length; i++) {
            mean[i] = (float) (sums[i % 2] / (ab.length / 2));
        }
        return mean;
    }

    private static boolean read(VideoSource source, Picture picture) throws SourceException {
        var result = source.read(picture);
        while (result instanceof ReadResult.LostFrame) {
            result = source.read(picture);
        }
        return result instanceof ReadResult.FrameRead;
    }
}

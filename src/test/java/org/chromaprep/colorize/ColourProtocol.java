package org.chromaprep.colorize;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.flow.DenseFlow;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.learn.HeadRunner;
import org.chromaprep.pipeline.FilmWalk;
import org.chromaprep.pipeline.colour.FrameColours;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.vgg.DownloadProgress;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.scale.LabScaler;
import org.chromaprep.video.source.Sources;

/**
 * Measures how well shots of colour film are coloured from one or two of their own frames, beside other ways to do so.
 *
 * <p>The protocol: pictures of 176 columns; shots as they are found, the first 120 frames of each that has 24 at least; of these
 * 12 frames, evenly spread. References are the first of them, the seventh, the first and the last, or all three; the others are
 * scored by the root mean square error of a*, b*. A frame's errors are averaged over the shot, and shots over all films. Ways
 * that are there for comparison alone are tried with the first frame as the reference.
 *
 * <p>The rank correlation is Spearman's, between the frames' errors and how far the heads disagree on them, averaged over shots:
 * what is said of the frames to colour next rests on it. Use: scripts/colour_protocol WEIGHTS LAYERS FILM...
 */
public final class ColourProtocol {
    private static final int WIDTH = 176;
    private static final int SIDES = 8;
    private static final int LEAST_FRAMES = 24;
    private static final int MOST_FRAMES = 120;
    private static final int SCORED = 12;
    private static final String FIRST = "first frame";
    private static final String PRODUCT = "product";
    /** Where the environment has it, ways that are there for comparison alone, which take most of the time, are left out. */
    private static final String QUICK = "QUICK";

    private final Engine engine;
    private final FilmSettings settings;
    private final Grid grid;
    private final Map<String, Map<String, List<Double>>> scores = new LinkedHashMap<>();

    private ColourProtocol(Engine engine, FilmSettings settings) {
        this.engine = engine;
        this.settings = settings;
        this.grid = settings.grid();
    }

    /** A frame of a shot, on the grid. */
    private record Seen(byte[] luma, float[] ab) {}

    /**
     * Runs the protocol and prints a line a shot and the means.
     *
     * @param arguments weights, layers or {@code all} for an ablation, films
     */
    public static void main(String[] arguments) throws Exception {
        var all = new LinkedHashMap<String, Map<String, List<Double>>>();
        for (var film : Arrays.asList(arguments).subList(2, arguments.length)) {
            for (var input : Sources.expand(film)) {
                run(arguments[0], arguments[1], input)
                        .forEach((references, ways) -> ways.forEach(
                                (way, each) -> all.computeIfAbsent(references, key -> new LinkedHashMap<>())
                                        .computeIfAbsent(way, key -> new ArrayList<>())
                                        .addAll(each)));
            }
        }
        table(all);
    }

    private static void table(Map<String, Map<String, List<Double>>> all) {
        var ways = all.values().stream()
                .findFirst()
                .map(Map::keySet)
                .orElseThrow(
                        () -> new IllegalArgumentException("The films have no shot of " + LEAST_FRAMES + " frames."));
        System.out.printf(
                "%n| RMSE of a*, b* | %s | shots | not better than copied |%n|---%s|---|---|%n",
                String.join(" | ", ways), "|---".repeat(ways.size()));
        all.forEach((references, each) -> {
            System.out.print("| " + references);
            for (var way : ways) {
                System.out.print(
                        each.containsKey(way) ? String.format(Locale.ROOT, " | %.2f", mean(each.get(way))) : " |");
            }
            var own = each.get(PRODUCT);
            var copied = each.get("copied");
            var worse = IntStream.range(0, own.size())
                    .filter(i -> own.get(i) >= copied.get(i))
                    .count();
            System.out.printf(" | %d | %d |%n", own.size(), worse);
        });
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static Map<String, Map<String, List<Double>>> run(String weightsName, String layers, SourceInput film)
            throws Exception {
        int height;
        try (var source = Sources.open(film, SourceOptions.DEFAULT)) {
            height = Math.max(
                    32,
                    Math.round((float) WIDTH
                                    * source.info().height()
                                    / source.info().width()
                                    / SIDES)
                            * SIDES);
        }
        var grid = new Grid(height, WIDTH);
        var plan = new NetworkPlan(LayerNames.parse(Networks.VGG16, layers), height, WIDTH);
        var weights = Weights.load(
                weightsName,
                plan.deepest(),
                WeightsEnvironment.of(
                        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home"))),
                DownloadProgress.NONE);
        var settings = new FilmSettings(
                grid,
                Fit.STRETCH,
                weights.preprocessing(),
                Optional.empty(),
                FrameClusterer.Mode.INDEPENDENT,
                Optional.empty(),
                Set.of(),
                1,
                0,
                1 << 20,
                OptionalInt.empty(),
                Optional.empty(),
                FrameSelection.ALL);
        try (var engine = Engines.open(new EngineChoice(EngineChoice.AUTO, "cpu", "fp32", 1), plan, weights)) {
            var protocol = new ColourProtocol(engine, settings);
            protocol.film(film);
            return protocol.scores;
        }
    }

    private void film(SourceInput film) throws Exception {
        var frames = new ArrayList<Seen>();
        var scene = -1;
        try (var walk = FilmWalk.open(film, settings, () -> false);
                var lab = new LabScaler(grid.width(), grid.height(), Framing.of(Fit.STRETCH))) {
            while (walk.next()) {
                if (walk.scene() != scene) {
                    shot(film.name() + " shot " + scene, frames);
                    frames.clear();
                    scene = walk.scene();
                }
                if (frames.size() < MOST_FRAMES) {
                    var seen = new Seen(new byte[grid.pixels()], new float[2 * grid.pixels()]);
                    walk.luma(seen.luma());
                    lab.scale(walk.picture(), new float[grid.pixels()], seen.ab());
                    frames.add(seen);
                }
            }
        }
        shot(film.name() + " shot " + scene, frames);
    }

    private void shot(String name, List<Seen> frames) throws Exception {
        if (frames.size() < LEAST_FRAMES) {
            return;
        }
        var sampled = new int[SCORED];
        Arrays.setAll(sampled, i -> Math.round((float) i * (frames.size() - 1) / (SCORED - 1)));
        shot(name, frames, sampled, FIRST, new int[] {sampled[0]});
        shot(name, frames, sampled, "middle frame", new int[] {sampled[SCORED / 2]});
        shot(name, frames, sampled, "first and last", new int[] {sampled[0], sampled[SCORED - 1]});
        shot(name, frames, sampled, "all three", new int[] {sampled[0], sampled[SCORED / 2], sampled[SCORED - 1]});
    }

    private void shot(String name, List<Seen> frames, int[] sampled, String which, int[] references) throws Exception {
        var errors = new LinkedHashMap<String, List<Double>>();
        var threads = Executors.newFixedThreadPool(1);
        var features = new LinkedHashMap<Integer, FrameFeatures>();
        try (var learner = new ShotLearner(engine, settings.preprocessing(), grid, threads, 0, true);
                var plain = new FrameNetwork(engine, settings.preprocessing(), grid);
                var painter = new FramePainter(grid, true);
                var flow = new DenseFlow(grid)) {
            for (var frame : sampled) {
                features.put(frame, plain.forward(frames.get(frame).luma()));
            }
            var shot = new Shot(0, 0, frames.size() - 1, 0, 0);
            var lessons = Arrays.stream(references)
                    .mapToObj(i ->
                            Lesson.known(frames.get(i).luma(), frames.get(i).ab()))
                    .toList();
            var known = Arrays.stream(references)
                    .mapToObj(i -> new Reference(
                            new ReferencePicture(
                                    Path.of("r"),
                                    "",
                                    OptionalLong.of(i),
                                    frames.get(i).luma(),
                                    frames.get(i).ab()),
                            i,
                            frames.get(i).luma(),
                            1))
                    .toList();
            var anchors = new TreeSet<Integer>();
            for (var i = 0; i < frames.size(); i++) {
                if (ShotLearner.isAnchor(shot, i)) {
                    anchors.add(i);
                }
            }
            Arrays.stream(references).forEach(anchors::add);
            var numbers = anchors.stream().mapToInt(Integer::intValue).toArray();
            var lumas = anchors.stream().map(i -> frames.get(i).luma()).toList();
            var begin = System.nanoTime();
            var product = learner.learn(shot, known, numbers, lumas, List.of(), () -> false)
                    .orElseThrow();
            var seconds = (System.nanoTime() - begin) / 1e9;
            var matrices = Arrays.stream(references)
                    .mapToObj(i -> features.get(i).matrix())
                    .toList();
            var rows = new LessonRows(grid, lessons, matrices);
            var heads = learner.learn(known, () -> false);
            var alone = new HeadRunner(heads, grid);
            var one = new HeadRunner(heads.subList(0, 1), grid);
            var ways = baselines(lessons, matrices, rows, which.equals(FIRST));
            ways.put("network", (luma, matrix) -> run(one, matrix));
            ways.put("3 networks", (luma, matrix) -> run(alone, matrix));
            ways.put(
                    "3, carried colours learned",
                    (luma, matrix) -> run(product.runner().orElseThrow(), matrix));
            var doubts = new ArrayList<Double>();
            var chain = chained(flow, frames, sampled, references);
            for (var frame : sampled) {
                if (Arrays.stream(references).anyMatch(i -> i == frame)) {
                    continue;
                }
                var truth = frames.get(frame).ab();
                ways.forEach((way, each) -> add(
                        errors,
                        way,
                        each.colours(
                                frames.get(frame).luma(), features.get(frame).matrix()),
                        truth));
                var nearest = Arrays.stream(references)
                        .boxed()
                        .min((i, j) -> Math.abs(i - frame) - Math.abs(j - frame))
                        .orElseThrow();
                add(errors, "copied", frames.get(nearest).ab(), truth);
                add(errors, "chained flow", chain.get(frame), truth);
                var carried = new float[2 * grid.pixels()];
                product.flow()
                        .orElseThrow()
                        .carry(flow, frame, frames.get(frame).luma(), carried, new float[grid.pixels()]);
                add(errors, "fitted flow", carried, truth);
                var coloured = new FrameColours(grid);
                painter.paint(
                        product,
                        frame,
                        frames.get(frame).luma(),
                        features.get(frame).matrix(),
                        coloured);
                add(errors, PRODUCT, coloured.ab(), truth);
                doubts.add(IntStream.range(0, grid.pixels())
                        .mapToDouble(i -> coloured.doubt()[i])
                        .average()
                        .orElseThrow());
            }
            errors.put(
                    "rank correlation",
                    List.of(new SpearmansCorrelation().correlation(numbers(doubts), numbers(errors.get(PRODUCT)))));
            System.out.printf(Locale.ROOT, "%s, %d frames, %s (%.1f s):", name, frames.size(), which, seconds);
            errors.forEach((way, each) -> {
                System.out.printf(Locale.ROOT, "  %s %.2f", way, mean(each));
                scores.computeIfAbsent(which, key -> new LinkedHashMap<>())
                        .computeIfAbsent(way, key -> new ArrayList<>())
                        .add(mean(each));
            });
            System.out.println();
        } finally {
            features.values().forEach(FrameFeatures::close);
            threads.shutdown();
        }
    }

    private float[] run(HeadRunner runner, HypercolumnMatrix matrix) {
        var ab = new float[2 * grid.pixels()];
        runner.run(matrix, ab, new float[grid.pixels()]);
        return ab;
    }

    private Map<String, ColourBaselines.Baseline> baselines(
            List<Lesson> lessons, List<HypercolumnMatrix> matrices, LessonRows rows, boolean compared) {
        var ways = new LinkedHashMap<String, ColourBaselines.Baseline>();
        ways.put("grey", (luma, matrix) -> new float[2 * grid.pixels()]);
        ways.put("mean colour", ColourBaselines.mean(lessons));
        if (!compared || System.getenv().containsKey(QUICK)) {
            return ways;
        }
        ways.put("by grey value", ColourBaselines.byGrey(lessons));
        ways.put("k nearest", ColourBaselines.neighbours(grid, lessons, matrices, rows, false));
        ways.put("k nearest + place", ColourBaselines.neighbours(grid, lessons, matrices, rows, true));
        ways.put("261 classes", ColourBaselines.classes(grid, lessons, matrices, rows));
        return ways;
    }

    /** Colours moved along the flow from one scored frame to the next, as it is usually done. */
    private Map<Integer, float[]> chained(DenseFlow flow, List<Seen> frames, int[] sampled, int[] references) {
        var chained = new LinkedHashMap<Integer, float[]>();
        for (var frame : sampled) {
            var from = Arrays.stream(references)
                    .boxed()
                    .min((i, j) -> Math.abs(i - frame) - Math.abs(j - frame))
                    .orElseThrow();
            var ab = frames.get(from).ab();
            var at = from;
            while (!at.equals(frame)) {
                var place = Arrays.binarySearch(sampled, at) + Integer.signum(frame - at);
                var map = flow.between(
                        frames.get(sampled[place]).luma(), frames.get(at).luma());
                var moved = new float[ab.length];
                for (var c = 0; c < 2; c++) {
                    var plane = new float[grid.pixels()];
                    for (var i = 0; i < plane.length; i++) {
                        plane[i] = ab[2 * i + c];
                    }
                    var seen = map.sample(plane);
                    for (var i = 0; i < plane.length; i++) {
                        moved[2 * i + c] = seen[i];
                    }
                }
                ab = moved;
                at = sampled[place];
            }
            chained.put(frame, ab);
        }
        return chained;
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void add(Map<String, List<Double>> errors, String way, float[] ab, float[] truth) {
        var sum = 0.0;
        for (var i = 0; i < truth.length; i++) {
            sum += (ab[i] - truth[i]) * (double) (ab[i] - truth[i]);
        }
        errors.computeIfAbsent(way, key -> new ArrayList<>()).add(Math.sqrt(sum / truth.length));
    }
}

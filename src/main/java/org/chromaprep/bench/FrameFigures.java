package org.chromaprep.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.hypercolumn.Grid;

/** What each step of a frame's way takes with one engine, measured on one thread. */
final class FrameFigures {
    private static final int RUNS = 7;
    /** So many frames go through the network before anybody waits for them. */
    private static final int FRAMES = 64;

    private static final int SAMPLES = 1024;
    private static final int CLUSTERS = 2;
    private static final int FEW = 10;
    private static final int MANY = 40;

    private final String section;
    private final Engine engine;

    /** @param section that the figures are of */
    FrameFigures(String section, Engine engine) {
        this.section = section;
        this.engine = engine;
    }

    /** A figure of this engine. */
    Figure figure(String what, double value, String unit) {
        return new Figure(section, engine.description().precision() + ", " + what, value, unit);
    }

    /** The network alone and in batches, k-means and samples. */
    List<Figure> measure() {
        var plan = engine.plan();
        var grid = new Grid(plan.height(), plan.width());
        var figures = new ArrayList<Figure>();
        var features = new ArrayList<FrameFeatures>();
        try (var worker = engine.newWorker()) {
            for (var i = 0; i < engine.batch(); i++) {
                features.add(engine.newFrameFeatures(grid));
            }
            IntStream.of(1, 8, engine.batch())
                    .filter(batch -> batch <= engine.batch())
                    .distinct()
                    .forEach(batch -> figures.add(figure(
                            "network, " + (batch == 1 ? "one frame" : "batch of " + batch),
                            1e3 * network(worker, features.subList(0, batch)),
                            "ms/frame")));
            cluster(features.get(0), figures);
            figures.add(figure("samples of 1,024 pixels", 1e3 * samples(features.get(0), grid.pixels()), "ms/frame"));
        } finally {
            features.forEach(FrameFeatures::close);
        }
        return figures;
    }

    // A card is asked for several batches before it is waited for, as in a film.
    private double network(ForwardWorker worker, List<FrameFeatures> outputs) {
        var inputs = Collections.nCopies(
                outputs.size(),
                Workload.input(engine.plan().height(), engine.plan().width()));
        var last = outputs.get(outputs.size() - 1);
        var hypercolumn = new float[last.matrix().features()];
        var pixel = new int[1];
        var repeats = engine.description().onCard() ? Math.max(1, FRAMES / outputs.size()) : 1;
        var seconds = Stopwatch.median(RUNS, () -> {
            for (var i = 0; i < repeats; i++) {
                worker.forward(inputs, outputs);
            }
            last.matrix().gather(pixel, hypercolumn);
        });
        return seconds / repeats / outputs.size();
    }

    private void cluster(FrameFeatures features, List<Figure> figures) {
        var few = ClusterSection.run(features.matrix(), CLUSTERS, FEW);
        figures.add(figure("k-means, k = " + CLUSTERS, 1e3 * few.seconds() / few.iterations(), "ms/iteration"));
        var many = ClusterSection.run(features.matrix(), CLUSTERS, MANY);
        if (many.iterations() > few.iterations()) {
            figures.add(figure(
                    "k-means, k = " + CLUSTERS + ", an iteration more",
                    1e3 * (many.seconds() - few.seconds()) / (many.iterations() - few.iterations()),
                    "ms"));
        }
    }

    private static double samples(FrameFeatures features, int pixels) {
        var chosen = new SplittableRandom(3)
                .ints(0, pixels)
                .distinct()
                .limit(SAMPLES)
                .sorted()
                .toArray();
        var into = ByteBuffer.allocateDirect(SAMPLES * features.matrix().features() * Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        return Stopwatch.median(RUNS, () -> features.gatherHalves(chosen, into.clear()));
    }

    /** Frames a second of a film's run, and what each stage takes of a frame; of stages on a card, what they ask it for. */
    List<Figure> film(FilmPass pass, String what) {
        var figures = new ArrayList<Figure>();
        figures.add(figure("film " + what, pass.framesPerSecond(), "frames/s"));
        pass.stages()
                .forEach((stage, milliseconds) ->
                        figures.add(figure("film " + what + ", " + stage, milliseconds, "ms/frame")));
        return figures;
    }
}

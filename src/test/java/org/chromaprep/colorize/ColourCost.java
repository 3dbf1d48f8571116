package org.chromaprep.colorize;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.flow.DenseFlow;
import org.chromaprep.flow.ShotFlow;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.learn.HeadRunner;
import org.chromaprep.learn.Heads;
import org.chromaprep.learn.Target.Regression;
import org.chromaprep.vgg.DownloadProgress;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;

/**
 * Measures what a frame's colours cost beside its way through the network: one head, three, colours carried along the flow. One
 * thread; the ways take turns, and the median of each is printed. Use: scripts/benchmark org.chromaprep.colorize.ColourCost
 * LAYERS WIDTH HEIGHT ROUNDS
 */
public final class ColourCost {
    private ColourCost() {}

    /** Something to be timed. */
    private interface Work {
        void run() throws Exception;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        var grid = new Grid(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[1]));
        var plan = new NetworkPlan(LayerNames.parse(Networks.VGG16, arguments[0]), grid.height(), grid.width());
        var weights = Weights.load(
                "random:1",
                plan.deepest(),
                WeightsEnvironment.of(
                        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home"))),
                DownloadProgress.NONE);
        var frames = List.of(frame(grid, 0), frame(grid, 1), frame(grid, 2));
        var ab = new float[2 * grid.pixels()];
        var one = new float[grid.pixels()];
        try (var engine = Engines.open(new EngineChoice(EngineChoice.AUTO, "cpu", "fp32", 1), plan, weights);
                var network = new FrameNetwork(engine, weights.preprocessing(), grid);
                var flow = new DenseFlow(grid);
                var features = network.forward(frames.get(1))) {
            var heads = List.of(
                    Heads.random(plan.features(), 64, new Regression(0, 0), 1),
                    Heads.random(plan.features(), 64, new Regression(0, 0), 2),
                    Heads.random(plan.features(), 64, new Regression(0, 0), 3));
            var single = new HeadRunner(heads.subList(0, 1), grid);
            var three = new HeadRunner(heads, grid);
            var shot = new ShotFlow(
                    flow,
                    grid,
                    new int[] {0, 4},
                    List.of(frames.get(0), frames.get(2)),
                    new int[] {0},
                    List.of(ab),
                    () -> false);
            var ways = new LinkedHashMap<String, Work>();
            ways.put("network", () -> network.forward(frames.get(1)).close());
            ways.put("one head", () -> single.run(features.matrix(), ab, one));
            ways.put("three heads", () -> three.run(features.matrix(), ab, one));
            ways.put("carried colours", () -> shot.carry(flow, 2, frames.get(1), ab, one));
            var times = new LinkedHashMap<String, List<Double>>();
            for (var round = 0; round < Integer.parseInt(arguments[3]); round++) {
                for (var way : ways.entrySet()) {
                    var begin = System.nanoTime();
                    way.getValue().run();
                    times.computeIfAbsent(way.getKey(), key -> new ArrayList<>())
                            .add((System.nanoTime() - begin) / 1e6);
                }
            }
            var network1 = median(times.get("network"));
            times.forEach((way, each) -> System.out.printf(
                    Locale.ROOT,
                    "%-16s median %7.1f ms  least %7.1f ms  %.2f of the network%n",
                    way,
                    median(each),
                    each.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                    median(each) / network1));
        }
    }

    private static double median(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).sorted().toArray()[times.size() / 2];
    }

    /** Soft stripes with a little noise, moved by some pixels. */
    private static byte[] frame(Grid grid, int at) {
        var random = new SplittableRandom(7);
        var luma = new byte[grid.pixels()];
        for (var i = 0; i < luma.length; i++) {
            luma[i] = (byte) (128
                    + 90 * Math.sin((i % grid.width() + at) / 9.0) * Math.cos(i / grid.width() / 13.0)
                    + random.nextInt(8));
        }
        return luma;
    }
}

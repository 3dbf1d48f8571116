package org.chromaprep.engine;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.chromaprep.engine.dl4j.VggGraph;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggWeights;

/**
 * Times one frame of 224x224 through conv5_3 with the five default maps, in workers of one thread.
 *
 * <p>Arguments: workers (1), frames a worker (15), then engines and precisions as in {@code pytorch/fp32} (all of them).
 * {@code dl4j} is DeepLearning4J's own graph of the same network, which no engine uses.
 */
public final class ForwardBenchmark {
    private static final int SIZE = 224;
    private static final int WARM_UP = 3;

    private ForwardBenchmark() {}

    public static void main(String[] args) {
        var workers = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        var frames = args.length > 1 ? Integer.parseInt(args[1]) : 15;
        var choices = args.length > 2
                ? List.of(args).subList(2, args.length)
                : List.of("dl4j", "nd4j/fp32", "pytorch/fp32", "pytorch/bf16");
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_2, Vgg16.CONV2_2, Vgg16.CONV3_3, Vgg16.CONV4_3,
                Vgg16.CONV5_3), SIZE, SIZE);
        var weights = RandomWeights.of(0, plan.deepest());
        for (var choice : choices) {
            measure(choice, plan, weights, workers, frames);
        }
    }

    private static void measure(String name, NetworkPlan plan, VggWeights weights, int workers, int frames) {
        if (name.equals("dl4j")) {
            inWorkers(name, workers, (start, seed) -> runGraph(plan, weights, start, seed, frames));
            return;
        }
        var parts = name.split("/");
        try (var engine = Engines.open(new EngineChoice(parts[0], "auto", parts[1], 1), plan, weights)) {
            inWorkers(name, workers, (start, seed) -> runEngine(engine, start, seed, frames));
        }
    }

    private static void inWorkers(String name, int workers, BiFunction<CyclicBarrier, Integer, double[]> worker) {
        var start = new CyclicBarrier(workers);
        var times = IntStream.range(0, workers)
                .mapToObj(seed -> CompletableFuture.supplyAsync(() -> worker.apply(start, seed), task -> new Thread(task).start()))
                .toList()
                .stream()
                .flatMapToDouble(task -> Arrays.stream(task.join()))
                .sorted()
                .toArray();
        System.out.printf("%-13s %d worker(s) of 1 thread: min %6.1f ms, median %6.1f ms a frame%n", name, workers,
                times[0], times[times.length / 2]);
    }

    private static double[] runEngine(Engine engine, CyclicBarrier start, int seed, int frames) {
        var input = Frames.random(SIZE, SIZE, seed);
        try (var features = engine.newFrameFeatures(new Grid(SIZE, SIZE)); var worker = engine.newWorker()) {
            return times(() -> worker.forward(input, features), start, frames);
        }
    }

    private static double[] runGraph(
            NetworkPlan plan, VggWeights weights, CyclicBarrier start, int seed, int frames) {
        var graph = new VggGraph(weights, plan.deepest(), SIZE, SIZE);
        var input = VggGraph.input(Frames.random(SIZE, SIZE, seed), SIZE, SIZE);
        return times(() -> graph.forward(input), start, frames);
    }

    private static double[] times(Runnable forward, CyclicBarrier start, int frames) {
        for (int i = 0; i < WARM_UP; i++) {
            forward.run();
        }
        try {
            start.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
        var times = new double[frames];
        for (int i = 0; i < frames; i++) {
            var begin = System.nanoTime();
            forward.run();
            times[i] = (System.nanoTime() - begin) / 1e6;
        }
        return times;
    }
}

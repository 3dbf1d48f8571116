package org.chromaprep.engine;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/**
 * Times one frame of 224x224 through conv5_3 with the five default maps, in workers of one thread.
 *
 * <p>Arguments: workers (1), frames a worker (15), then engines and precisions as in {@code pytorch/fp32} (all of them).
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
                : List.of("nd4j/fp32", "pytorch/fp32", "pytorch/bf16");
        var plan = new NetworkPlan(List.of(VggLayer.CONV1_2, VggLayer.CONV2_2, VggLayer.CONV3_3, VggLayer.CONV4_3,
                VggLayer.CONV5_3), SIZE, SIZE);
        var weights = RandomWeights.of(0, plan.deepest());
        for (var choice : choices) {
            measure(choice, plan, weights, workers, frames);
        }
    }

    private static void measure(String name, NetworkPlan plan, VggWeights weights, int workers, int frames) {
        var parts = name.split("/");
        try (var engine = Engines.open(new EngineChoice(parts[0], "auto", parts[1], 1), plan, weights)) {
            var start = new CyclicBarrier(workers);
            var times = IntStream.range(0, workers)
                    .mapToObj(worker -> CompletableFuture.supplyAsync(() -> run(engine, start, worker, frames), task -> new Thread(task).start()))
                    .toList()
                    .stream()
                    .flatMapToDouble(task -> Arrays.stream(task.join()))
                    .sorted()
                    .toArray();
            System.out.printf("%-13s %d worker(s) of 1 thread: min %6.1f ms, median %6.1f ms a frame%n", name, workers,
                    times[0], times[times.length / 2]);
        }
    }

    private static double[] run(Engine engine, CyclicBarrier start, int seed, int frames) {
        var input = Frames.random(SIZE, SIZE, seed);
        var times = new double[frames];
        try (var features = engine.newFrameFeatures(new Grid(SIZE, SIZE)); var worker = engine.newWorker()) {
            for (int i = 0; i < WARM_UP; i++) {
                worker.forward(input, features);
            }
            start.await();
            for (int i = 0; i < frames; i++) {
                var begin = System.nanoTime();
                worker.forward(input, features);
                times[i] = (System.nanoTime() - begin) / 1e6;
            }
            return times;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.chromaprep.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.VggWeights;

/** The network alone: each engine and precision that works here, one thread a worker, one worker and one a core. */
final class ForwardSection implements Section {
    private static final int FRAMES = 15;
    /** So many make the JVM compile what an engine does in Java. */
    private static final int WARM_UPS = 8;

    @Override
    public String name() {
        return "forward";
    }

    @Override
    public List<Figure> measure() {
        var figures = new ArrayList<Figure>();
        var plan = Workload.plan(Workload.SIZE, Workload.SIZE);
        var weights = RandomWeights.of(0, plan.deepest());
        for (var choice : choices()) {
            for (var workers : workers()) {
                measure(choice, weights, workers)
                        .ifPresent(seconds -> figures.add(new Figure(
                                name(),
                                String.format(
                                        Locale.ROOT,
                                        "%s %s, %d worker%s of 1 thread",
                                        choice.engine(),
                                        choice.precision(),
                                        workers,
                                        workers == 1 ? "" : "s"),
                                1e3 * seconds,
                                "ms/frame")));
            }
        }
        return figures;
    }

    /** Everything that computes on the processor. */
    static List<EngineChoice> choices() {
        return List.of(
                new EngineChoice("nd4j", "cpu", "fp32", 1),
                new EngineChoice("pytorch", "cpu", "fp32", 1),
                new EngineChoice("winograd", "cpu", "fp32", 1),
                new EngineChoice("pytorch", "cpu", "bf16", 1));
    }

    /** One worker, and as many as there are cores. */
    static List<Integer> workers() {
        return IntStream.of(1, Runtime.getRuntime().availableProcessors())
                .distinct()
                .boxed()
                .toList();
    }

    /** The median time of a frame in a worker, in seconds; empty where the engine cannot run. */
    static OptionalDouble measure(EngineChoice choice, VggWeights weights, int workers) {
        try (var opened = Workload.open(choice, Workload.plan(Workload.SIZE, Workload.SIZE), weights)) {
            return OptionalDouble.of(measure(opened.engine(), workers, FRAMES));
        } catch (EngineException e) {
            return OptionalDouble.empty();
        }
    }

    /** The median time of a frame in a worker, in seconds, computed in batches as a film's frames are. */
    static double measure(Engine engine, int workers, int batches) {
        var start = new CyclicBarrier(workers);
        var tasks = IntStream.range(0, workers)
                .mapToObj(worker -> CompletableFuture.supplyAsync(
                        () -> times(engine, start, batches), task -> new Thread(task, "bench-forward").start()))
                .toList();
        return Stopwatch.median(tasks.stream()
                        .flatMapToDouble(task -> Arrays.stream(task.join()))
                        .toArray())
                / engine.batch();
    }

    private static double[] times(Engine engine, CyclicBarrier start, int batches) {
        var plan = engine.plan();
        var inputs = Collections.nCopies(engine.batch(), Workload.input(plan.height(), plan.width()));
        var features = new ArrayList<FrameFeatures>();
        try (var worker = engine.newWorker()) {
            for (var i = 0; i < engine.batch(); i++) {
                features.add(engine.newFrameFeatures(new Grid(plan.height(), plan.width())));
            }
            Stopwatch.times(WARM_UPS, () -> worker.forward(inputs, features));
            start.await();
            return Stopwatch.times(batches, () -> worker.forward(inputs, features));
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("The measurement was interrupted.", e);
        } finally {
            features.forEach(FrameFeatures::close);
        }
    }
}

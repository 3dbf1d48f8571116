package org.chromaprep.engine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.chromaprep.engine.dl4j.VggGraph;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggWeights;

/**
 * Times frames through conv5_3 with the five default maps, in workers of one thread. Engines take turns, so that what else the
 * machine does meets all of them.
 *
 * <p>Arguments: workers (1), turns (15), the network input's size (224x224), then engines and precisions as in {@code
 * pytorch/fp32} (all of them). {@code dl4j} is DeepLearning4J's own graph of the same network, which no engine uses. Told are the
 * least time of the thread on a processor, which other programs hardly change, and the least and the median time by the clock.
 */
public final class ForwardBenchmark {
    private static final int WARM_UP = 5;

    private ForwardBenchmark() {}

    /** Computes frames in one thread. */
    private interface Subject extends AutoCloseable {
        int frames();

        void forward();

        @Override
        void close();
    }

    /** A subject's times of a frame, in milliseconds. */
    private record Times(double[] processor, double[] clock) {}

    public static void main(String[] args) {
        var workers = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        var turns = args.length > 1 ? Integer.parseInt(args[1]) : 15;
        var size = (args.length > 2 ? args[2] : "224x224").split("x");
        var choices = args.length > 3
                ? List.of(args).subList(3, args.length)
                : List.of("dl4j", "nd4j/fp32", "pytorch/fp32", "pytorch/bf16", "winograd/fp32");
        var plan = new NetworkPlan(
                List.of(Vgg16.CONV1_2, Vgg16.CONV2_2, Vgg16.CONV3_3, Vgg16.CONV4_3, Vgg16.CONV5_3),
                Integer.parseInt(size[1]),
                Integer.parseInt(size[0]));
        var weights = RandomWeights.of(0, plan.deepest());
        var engines = choices.stream()
                .filter(name -> !name.equals("dl4j"))
                .map(name -> open(name, plan, weights))
                .toList();
        try {
            var start = new CyclicBarrier(workers);
            var tasks = IntStream.range(0, workers)
                    .mapToObj(seed -> CompletableFuture.supplyAsync(
                            () -> run(subjects(choices, engines, plan, weights, seed), start, turns),
                            task -> new Thread(task).start()))
                    .toList();
            var times = tasks.stream().map(CompletableFuture::join).toList();
            for (var i = 0; i < choices.size(); i++) {
                var index = i;
                tell(
                        choices.get(i),
                        times.stream().map(each -> each.get(index)).toList(),
                        times.get(0).get(0));
            }
        } finally {
            engines.forEach(Engine::close);
        }
    }

    private static Engine open(String name, NetworkPlan plan, VggWeights weights) {
        var parts = name.split("/");
        return Engines.open(new EngineChoice(parts[0], "auto", parts[1], 1), plan, weights);
    }

    private static void tell(String name, List<Times> times, Times first) {
        var processor = times.stream()
                .flatMapToDouble(each -> Arrays.stream(each.processor()))
                .sorted()
                .toArray();
        var clock = times.stream()
                .flatMapToDouble(each -> Arrays.stream(each.clock()))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%-13s %d worker(s) of 1 thread, ms a frame: processor min %6.1f (%.3f of the first); clock"
                        + " min %6.1f, median %6.1f%n",
                name,
                times.size(),
                processor[0],
                processor[0] / Arrays.stream(first.processor()).min().orElseThrow(),
                clock[0],
                clock[clock.length / 2]);
    }

    private static List<Subject> subjects(
            List<String> choices, List<Engine> engines, NetworkPlan plan, VggWeights weights, int seed) {
        var subjects = new ArrayList<Subject>();
        var next = engines.iterator();
        for (var choice : choices) {
            subjects.add(choice.equals("dl4j") ? graph(plan, weights, seed) : engine(next.next(), seed));
        }
        return subjects;
    }

    private static Subject engine(Engine engine, int seed) {
        var plan = engine.plan();
        var inputs = Collections.nCopies(engine.batch(), Frames.random(plan.height(), plan.width(), seed));
        var features = IntStream.range(0, engine.batch())
                .mapToObj(i -> engine.newFrameFeatures(new Grid(plan.height(), plan.width())))
                .toList();
        var worker = engine.newWorker();
        return new Subject() {
            @Override
            public int frames() {
                return engine.batch();
            }

            @Override
            public void forward() {
                worker.forward(inputs, features);
            }

            @Override
            public void close() {
                worker.close();
                features.forEach(FrameFeatures::close);
            }
        };
    }

    private static Subject graph(NetworkPlan plan, VggWeights weights, int seed) {
        var graph = new VggGraph(weights, plan.deepest(), plan.height(), plan.width());
        var input = VggGraph.input(Frames.random(plan.height(), plan.width(), seed), plan.height(), plan.width());
        return new Subject() {
            @Override
            public int frames() {
                return 1;
            }

            @Override
            public void forward() {
                graph.forward(input);
            }

            @Override
            public void close() {}
        };
    }

    private static List<Times> run(List<Subject> subjects, CyclicBarrier start, int turns) {
        var threads = ManagementFactory.getThreadMXBean();
        var times = subjects.stream()
                .map(subject -> new Times(new double[turns], new double[turns]))
                .toList();
        try {
            for (var turn = -WARM_UP; turn < turns; turn++) {
                for (var i = 0; i < subjects.size(); i++) {
                    var subject = subjects.get(i);
                    start.await();
                    var clock = System.nanoTime();
                    var processor = threads.getCurrentThreadCpuTime();
                    subject.forward();
                    if (turn >= 0) {
                        times.get(i).processor()[turn] =
                                (threads.getCurrentThreadCpuTime() - processor) / 1e6 / subject.frames();
                        times.get(i).clock()[turn] = (System.nanoTime() - clock) / 1e6 / subject.frames();
                    }
                }
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        } finally {
            subjects.forEach(Subject::close);
        }
        return times;
    }
}

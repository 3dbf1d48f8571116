package org.chromaprep.engine.winograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.pytorch.DirectLayers;
import org.chromaprep.engine.pytorch.OneDnn;
import org.chromaprep.hypercolumn.Crew;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/**
 * The network's layers with their weights, as they are computed: the first directly, those of large maps by transforms, the rest
 * directly again. Read by any number of threads. Whoever made it closes it.
 */
final class WinogradNetwork implements AutoCloseable {
    /** The least side of a map that is computed by transforms: below, the larger kernels take longer to read. */
    static final int LEAST_SIDE = 12;
    /** Layers whose kernels are transformed at the same time: each needs twice their memory meanwhile. */
    static final int AT_THE_SAME_TIME = 4;

    /**
     * A layer that is computed by transforms.
     *
     * @param pool the pool behind it, if the network goes so far
     * @param joint whether all frames of a batch are computed together
     */
    record Step(VggLayer layer, Optional<VggLayer> pool, boolean joint, WinogradConvolution convolution) {
        /** The map that the step ends with: its pool's, or its own where there is none. */
        VggLayer end() {
            return pool.orElse(layer);
        }
    }

    private final NetworkPlan plan;
    private final int threads;
    private final int batch;
    private final OneDnn oneDnn;
    private final Deque<Runnable> closings = new ConcurrentLinkedDeque<>();
    private final FirstConvolution first;
    private final List<Step> steps;
    private final DirectLayers rest;

    /**
     * Loads libtorch and transforms the weights.
     *
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @param threads of one forward's products, at least 1
     * @param batch frames of one forward at most
     * @throws org.chromaprep.engine.EngineException if libtorch or its oneDNN cannot be loaded
     * @throws IllegalArgumentException if a layer's weights are missing
     * @throws OutOfMemoryError if memory runs out, like other errors of native code after closing what was opened
     */
    WinogradNetwork(NetworkPlan plan, VggWeights weights, int threads, int batch) {
        this.plan = plan;
        this.threads = threads;
        this.batch = batch;
        this.oneDnn = OneDnn.open();
        closings.push(oneDnn::close);
        // oneDNN orders kernels for a number of threads, too.
        OneDnn.useThreads(threads);
        var layers = plan.deepest().upToHere();
        try {
            first = new FirstConvolution(oneDnn, layers.get(0), weights.of(layers.get(0)), plan.height(), plan.width());
            closings.push(first::close);
            steps = steps(layers, weights);
            var next = 1
                    + steps.stream()
                            .mapToInt(step -> step.pool().isPresent() ? 2 : 1)
                            .sum();
            rest = new DirectLayers(oneDnn, plan, weights, layers.subList(next, layers.size()));
            closings.push(rest::close);
        } catch (OutOfMemoryError | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static boolean isTransformed(NetworkPlan plan, VggLayer layer) {
        return layer.kind() == VggLayer.Kind.CONVOLUTION
                && layer.side() == TransformedKernels.SIDE
                && Math.min(layer.mapSize(plan.height()), layer.mapSize(plan.width())) >= LEAST_SIDE;
    }

    private List<Step> steps(List<VggLayer> layers, VggWeights weights) {
        var first = transformed(plan);
        var made = new Step[first.size()];
        try (var crew = new Crew(Math.min(AT_THE_SAME_TIME, Runtime.getRuntime().availableProcessors()) - 1)) {
            crew.share(
                    made.length,
                    i -> made[i] = step(i, first.get(i), pool(layers, layers.indexOf(first.get(i))), weights));
        }
        return Arrays.asList(made);
    }

    /** The convolutions of a plan that are computed by transforms, in network order. */
    static List<VggLayer> transformed(NetworkPlan plan) {
        var layers = plan.deepest().upToHere();
        var transformed = new ArrayList<VggLayer>();
        for (var next = 1;
                next < layers.size() && isTransformed(plan, layers.get(next));
                next += pool(layers, next).isPresent() ? 2 : 1) {
            transformed.add(layers.get(next));
        }
        return transformed;
    }

    private static Optional<VggLayer> pool(List<VggLayer> layers, int convolution) {
        return Optional.of(convolution + 1)
                .filter(i -> i < layers.size())
                .map(layers::get)
                .filter(layer -> layer.kind() == VggLayer.Kind.POOLING);
    }

    private Step step(int place, VggLayer layer, Optional<VggLayer> pool, VggWeights weights) {
        OneDnn.useThreads(threads);
        var height = layer.mapSize(plan.height());
        var width = layer.mapSize(plan.width());
        // The first layer's rows are made for one frame at a time, as the second layer asks for them.
        var joint = place > 0 && WinogradConvolution.isSmall(height, width);
        var convolution = new WinogradConvolution(oneDnn, layer, weights.of(layer), height, width, joint ? batch : 1);
        closings.push(convolution::close);
        return new Step(layer, pool, joint, convolution);
    }

    NetworkPlan plan() {
        return plan;
    }

    /** Threads of one forward's products. */
    int threads() {
        return threads;
    }

    /** Frames of one forward at most. */
    int batch() {
        return batch;
    }

    FirstConvolution first() {
        return first;
    }

    /** The layers computed by transforms, in network order, from the second layer on. */
    List<Step> steps() {
        return steps;
    }

    /** The layers behind those. */
    DirectLayers rest() {
        return rest;
    }

    @Override
    public void close() {
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}

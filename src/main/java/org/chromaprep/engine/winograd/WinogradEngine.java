package org.chromaprep.engine.winograd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineDescription;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.engine.pytorch.DirectLayers;
import org.chromaprep.engine.pytorch.OneDnn;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/**
 * Networks of the VGG family by Winograd's minimal filtering, in single precision on the processor. The first layer, and all layers from the first
 * map on that has a side below {@link #LEAST_SIDE}, are computed directly, which is faster there.
 *
 * <p>A frame's maps have the same bits whatever the number of workers, and whatever frames are computed together with it.
 */
public final class WinogradEngine implements Engine {
    /** The engine's name among the choices of {@code --engine}. */
    public static final String NAME = "winograd";
    /** The least side of a map that is computed by transforms: below, the larger kernels take longer to read. */
    static final int LEAST_SIDE = 12;
    /** Frames that share the reading of the deeper layers' kernels, which do not fit into caches. */
    private static final int BATCH = 2;

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
    private final int threadsPerWorker;
    private final int batch;
    private final OneDnn oneDnn;
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final FirstConvolution first;
    private final List<Step> steps = new ArrayList<>();
    private final DirectLayers rest;

    /**
     * Loads libtorch and transforms the weights.
     *
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @param threadsPerWorker threads of one forward's products, at least 1
     * @param batch frames of one forward at most, at least 1; empty for what is best
     * @throws EngineException if libtorch or its oneDNN cannot be loaded, or memory runs out
     * @throws IllegalArgumentException if a layer's weights are missing
     */
    public WinogradEngine(NetworkPlan plan, VggWeights weights, int threadsPerWorker, OptionalInt batch) {
        this.plan = plan;
        this.threadsPerWorker = threadsPerWorker;
        this.batch = batch.orElse(BATCH);
        this.oneDnn = OneDnn.open();
        closings.push(oneDnn::close);
        // oneDNN orders kernels for a number of threads, too.
        OneDnn.useThreads(threadsPerWorker);
        var layers = plan.deepest().upToHere();
        try {
            first = new FirstConvolution(oneDnn, layers.get(0), weights.of(layers.get(0)), plan.height(), plan.width());
            closings.push(first::close);
            var next = 1;
            while (next < layers.size() && isTransformed(layers.get(next))) {
                var pool = Optional.of(next + 1)
                        .filter(i -> i < layers.size())
                        .map(layers::get)
                        .filter(layer -> layer.kind() == VggLayer.Kind.POOLING);
                steps.add(step(layers.get(next), pool, weights));
                next += pool.isPresent() ? 2 : 1;
            }
            rest = new DirectLayers(oneDnn, plan, weights, layers.subList(next, layers.size()));
            closings.push(rest::close);
        } catch (OutOfMemoryError | RuntimeException e) {
            close();
            if (e instanceof IllegalArgumentException missing) {
                throw missing;
            }
            throw new EngineException("The network's weights do not fit into memory (" + e.getMessage()
                    + "); free memory, leave out the fully connected layers, or choose `engine` pytorch, which needs less.", e);
        }
    }

    private boolean isTransformed(VggLayer layer) {
        return layer.kind() == VggLayer.Kind.CONVOLUTION
                && Math.min(layer.mapSize(plan.height()), layer.mapSize(plan.width())) >= LEAST_SIDE;
    }

    private Step step(VggLayer layer, Optional<VggLayer> pool, VggWeights weights) {
        var height = layer.mapSize(plan.height());
        var width = layer.mapSize(plan.width());
        // The first layer's rows are made for one frame at a time, as the second layer asks for them.
        var joint = !steps.isEmpty() && WinogradConvolution.isSmall(height, width);
        var convolution = new WinogradConvolution(oneDnn, layer, weights.of(layer), height, width, joint ? batch : 1);
        closings.push(convolution::close);
        return new Step(layer, pool, joint, convolution);
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

    int threadsPerWorker() {
        return threadsPerWorker;
    }

    @Override
    public EngineDescription description() {
        return new EngineDescription(NAME, OneDnn.version(), Device.CPU.optionName(), Precision.FP32.optionName(),
                OneDnn.natives(), threadsPerWorker, List.of());
    }

    @Override
    public NetworkPlan plan() {
        return plan;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public FrameFeatures newFrameFeatures(Grid grid) {
        return new HostFrameFeatures(plan, grid);
    }

    @Override
    public ForwardWorker newWorker() {
        try {
            return new WinogradWorker(this);
        } catch (OutOfMemoryError e) {
            throw new EngineException("A worker's memory for a network input of " + plan.width() + "x" + plan.height()
                    + " cannot be had (" + e.getMessage() + "); choose a smaller `size` or fewer `workers`, or give the JVM more"
                    + " by CHROMAPREP_JAVA_OPTS.", e);
        }
    }

    @Override
    public void close() {
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}

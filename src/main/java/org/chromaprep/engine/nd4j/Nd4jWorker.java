package org.chromaprep.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.vgg.VggLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs the network layer by layer. Requested maps are computed in the frame's own memory, all others in
 * a buffer a layer of this worker that every frame reuses.
 */
final class Nd4jWorker implements ForwardWorker {
    private static final int SAME_PADDING = 1;
    private static final int NHWC = 1;
    private static final int HWIO = 0;

    private final NetworkPlan plan;
    private final MapArrays arrays;
    private final Map<VggLayer, LayerArrays> weights;
    private final List<VggLayer> layers;
    private final FeatureMap inputMap;
    private final INDArray input;
    private BooleanSupplier unwanted = () -> false;
    private final Map<VggLayer, FeatureMap> scratch = new TreeMap<>();
    // A program needs the maps but not the features that own them, so features that nobody has any more are forgotten.
    private final Map<FrameFeatures, List<Runnable>> programs = new WeakHashMap<>();

    Nd4jWorker(NetworkPlan plan, MapArrays arrays, Map<VggLayer, LayerArrays> weights) {
        this.plan = plan;
        this.arrays = arrays;
        this.weights = weights;
        this.layers = plan.deepest().upToHere();
        try {
            this.inputMap = FeatureMap.allocate("input", plan.height(), plan.width(), 3);
            this.input = arrays.of(inputMap);
            for (var layer : layers) {
                if (!plan.layers().contains(layer)) {
                    scratch.put(
                            layer,
                            FeatureMap.allocate(
                                    layer.layerName(),
                                    layer.mapSize(plan.height()),
                                    layer.mapSize(plan.width()),
                                    layer.channels()));
                }
            }
        } catch (OutOfMemoryError e) {
            throw new EngineException(
                    "A worker's memory for a network input of " + plan.width() + "x" + plan.height()
                            + " cannot be allocated (" + e.getMessage()
                            + "); choose a smaller `size` or fewer `workers`.",
                    e);
        }
    }

    @Override
    public void abandonWhen(BooleanSupplier question) {
        unwanted = question;
    }

    @Override
    public void forward(FloatBuffer frame, FrameFeatures output) {
        var program = programs.computeIfAbsent(output, this::compile);
        inputMap.values().put(0, frame, 0, plan.height() * plan.width() * 3);
        try {
            for (var step = 0; step < program.size() && !unwanted.getAsBoolean(); step++) {
                program.get(step).run();
            }
        } catch (RuntimeException e) {
            throw new EngineException(
                    "The nd4j engine failed (" + e.getMessage() + "); choose a smaller `size` or another `engine`.", e);
        }
    }

    // A frame's memory never moves, so the operations on it are put together once.
    private List<Runnable> compile(FrameFeatures output) {
        var program = new ArrayList<Runnable>();
        program.add(() -> arrays.upload(inputMap, input));
        var from = input;
        for (var layer : layers) {
            var own = scratch.get(layer);
            var map = own == null ? output.map(layer) : own;
            var to = layer.kind() == VggLayer.Kind.DENSE ? arrays.of(map, 1, layer.channels()) : arrays.of(map);
            switch (layer.kind()) {
                case CONVOLUTION -> program.addAll(convolution(layer, from, to));
                case POOLING -> program.add(pooling(from, to));
                case DENSE -> program.addAll(dense(layer, from, to));
            }
            if (own == null) {
                program.add(() -> arrays.download(to, map));
            }
            from = to;
        }
        return program;
    }

    private List<Runnable> convolution(VggLayer layer, INDArray from, INDArray to) {
        var numbers = Objects.requireNonNull(weights.get(layer), layer.layerName());
        var convolution = DynamicCustomOp.builder("conv2d")
                .addInputs(from, numbers.kernel(), numbers.bias())
                .addOutputs(to)
                .addIntegerArguments(layer.side(), layer.side(), 1, 1, 0, 0, 1, 1, SAME_PADDING, NHWC, HWIO)
                .build();
        return List.of(() -> Nd4j.getExecutioner().exec(convolution), rectifier(to));
    }

    private static Runnable rectifier(INDArray map) {
        var relu = DynamicCustomOp.builder("relu")
                .addInputs(map)
                .addOutputs(map)
                .addFloatingPointArguments(0.0)
                .build();
        return () -> Nd4j.getExecutioner().exec(relu);
    }

    private static Runnable pooling(INDArray from, INDArray to) {
        var pooling = DynamicCustomOp.builder("maxpool2d")
                .addInputs(from)
                .addOutputs(to)
                .addIntegerArguments(2, 2, 2, 2, 0, 0, 1, 1, 0, 1, NHWC)
                .build();
        return () -> Nd4j.getExecutioner().exec(pooling);
    }

    private List<Runnable> dense(VggLayer layer, INDArray from, INDArray to) {
        var numbers = Objects.requireNonNull(weights.get(layer), layer.layerName());
        var product = DynamicCustomOp.builder("xw_plus_b")
                .addInputs(from.reshape(1, layer.inputChannels()), numbers.kernel(), numbers.bias())
                .addOutputs(to)
                .build();
        Runnable multiply = () -> Nd4j.getExecutioner().exec(product);
        return !layer.isRectified() ? List.of(multiply) : List.of(multiply, rectifier(to));
    }

    /** Nothing to do: the scratch memory goes with this object. */
    @Override
    public void close() {}
}

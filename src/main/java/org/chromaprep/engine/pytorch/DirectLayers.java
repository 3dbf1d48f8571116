package org.chromaprep.engine.pytorch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/**
 * Some layers of the network, one after another, by oneDNN's direct convolutions in single precision on the processor; for
 * engines that compute the layers before them in another way.
 *
 * <p>Used by any number of threads at once. Whoever made it closes it.
 */
public final class DirectLayers implements AutoCloseable {
    private final NetworkPlan plan;
    private final Map<VggLayer, LayerOperation> operations = new TreeMap<>();

    /**
     * @param oneDnn stays the caller's, who closes it after this
     * @param weights at least those of the layers
     * @param layers in network order, without a gap
     * @throws IllegalArgumentException if a layer's weights are missing
     */
    @SuppressWarnings("try")
    public DirectLayers(OneDnn oneDnn, NetworkPlan plan, VggWeights weights, List<VggLayer> layers) {
        this.plan = plan;
        var placement = new Placement(Device.CPU, Precision.FP32);
        try (var scope = new PointerScope()) {
            for (var layer : layers) {
                operations.put(
                        layer,
                        switch (layer.kind()) {
                            case CONVOLUTION -> convolution(oneDnn, placement, layer, weights.of(layer));
                            case POOLING -> new Pooling();
                            case DENSE ->
                                new Dense(
                                        placement.copyOf(
                                                weights.of(layer).kernel(), layer.inputChannels(), layer.channels()),
                                        placement.copyOf(weights.of(layer).bias(), layer.channels()),
                                        layer.isRectified());
                        });
            }
        } catch (OutOfMemoryError | RuntimeException e) {
            close();
            throw e;
        }
    }

    private LayerOperation convolution(
            OneDnn oneDnn, Placement placement, VggLayer layer, VggWeights.LayerWeights numbers) {
        try (var kernel = placement.kernel(layer, numbers.kernel())) {
            return new FusedConvolution(
                    oneDnn,
                    kernel,
                    placement.copyOf(numbers.bias(), layer.channels()),
                    ConvolutionShape.of(layer, plan));
        }
    }

    /** Whether there is no layer. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /**
     * Computes the layers on the calling thread, and as many others as {@link OneDnn#useThreads} was given there.
     *
     * @param from the map before the first of the layers
     * @param output receives those layers' maps that were asked of the plan
     */
    @SuppressWarnings("try")
    public void run(FeatureMap from, FrameFeatures output) {
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true)) {
            Tensor map = Placement.over(from);
            for (var step : operations.entrySet()) {
                var next = step.getValue().apply(map);
                map.close();
                map = next;
                if (plan.layers().contains(step.getKey())) {
                    try (var target = Placement.over(output.map(step.getKey()))) {
                        target.copy_(map);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        operations.values().forEach(LayerOperation::close);
        operations.clear();
    }
}

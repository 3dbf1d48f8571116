package org.chromaprep.engine.pytorch;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.vgg.VggLayer;

/** One frame's maps on a device, in single precision. A map comes to host memory only when it is asked for. */
final class DeviceFrameFeatures implements FrameFeatures {
    private final Map<VggLayer, Tensor> tensors = new TreeMap<>();
    private final Map<VggLayer, FeatureMap> copies = new TreeMap<>();
    private final DeviceStream stream;
    private final DeviceHypercolumnMatrix matrix;

    /**
     * @param stream in which the matrix computes and maps are copied; not closed here
     * @throws EngineException if the device's memory runs out
     */
    @SuppressWarnings("try")
    DeviceFrameFeatures(NetworkPlan plan, Grid grid, Placement placement, DeviceStream stream) {
        this.stream = stream;
        try (var scope = new PointerScope()) {
            var options = new TensorOptions(ScalarType.Float).device(new DeviceOptional(placement.torchDevice()));
            for (var layer : plan.layers()) {
                var shape = new long[] {layer.mapSize(plan.height()), layer.mapSize(plan.width()), layer.channels()};
                tensors.put(layer, Placement.kept(torch.empty(shape, options, new MemoryFormatOptional())));
            }
            matrix = new DeviceHypercolumnMatrix(placement, stream, grid, plan.layers().stream().map(tensors::get).toList());
        } catch (RuntimeException | OutOfMemoryError e) {
            tensors.values().forEach(Tensor::close);
            throw new EngineException("The feature maps for a network input of " + plan.width() + "x" + plan.height()
                    + " do not fit into the graphics card's memory (" + Natives.firstLine(e)
                    + "); choose a smaller --size or --batch.", e);
        }
    }

    /**
     * Queues the copying of a layer's map, widened to single precision, in the calling thread's stream; does nothing if the
     * layer was not requested.
     *
     * @param map channels x height x width
     */
    void receive(VggLayer layer, Tensor map) {
        var tensor = tensors.get(layer);
        if (tensor != null) {
            tensor.copy_(map.permute(1, 2, 0), true);
        }
    }

    @Override
    public HypercolumnMatrix matrix() {
        return matrix;
    }

    @Override
    public synchronized FeatureMap map(VggLayer layer) {
        var tensor = tensors.get(layer);
        if (tensor == null) {
            throw new IllegalArgumentException("Layer " + layer.layerName() + " was not asked of the network.");
        }
        var copy = copies.computeIfAbsent(layer, each -> FeatureMap.allocate(each.layerName(), (int) tensor.size(0),
                (int) tensor.size(1), (int) tensor.size(2)));
        try (var host = Placement.over(copy)) {
            stream.traffic().copied();
            stream.traffic().waited();
            stream.run(() -> host.copy_(tensor.permute(2, 0, 1).unsqueeze(0), false));
        }
        return copy;
    }

    @Override
    public void close() {
        matrix.close();
        tensors.values().forEach(Tensor::close);
    }
}

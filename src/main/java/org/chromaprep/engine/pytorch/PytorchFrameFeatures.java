package org.chromaprep.engine.pytorch;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.vgg.VggLayer;

/** One frame's maps in host memory, with tensors over that memory for libtorch to write to. */
final class PytorchFrameFeatures implements FrameFeatures {
    private final HostFrameFeatures host;
    private final Map<VggLayer, Tensor> tensors = new TreeMap<>();

    PytorchFrameFeatures(NetworkPlan plan, Grid grid) {
        host = new HostFrameFeatures(plan, grid);
        plan.layers().forEach(layer -> tensors.put(layer, Placement.over(host.map(layer))));
    }

    /** Copies a layer's map to host memory, widened to single precision; does nothing if the layer was not requested. */
    void receive(VggLayer layer, Tensor map) {
        var tensor = tensors.get(layer);
        if (tensor != null) {
            tensor.copy_(map);
        }
    }

    @Override
    public HypercolumnMatrix matrix() {
        return host.matrix();
    }

    @Override
    public FeatureMap map(VggLayer layer) {
        return host.map(layer);
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        host.close();
    }
}

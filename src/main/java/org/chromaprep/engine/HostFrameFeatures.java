package org.chromaprep.engine;

import java.util.Map;
import java.util.TreeMap;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.vgg.VggLayer;

/** One frame's maps in host memory, which the garbage collector frees with this object. */
public final class HostFrameFeatures implements FrameFeatures {
    private final Map<VggLayer, FeatureMap> maps = new TreeMap<>();
    private final HypercolumnMatrix matrix;

    /**
     * @param plan whose layers' maps are allocated
     * @param grid the hypercolumns' pixel grid
     * @throws EngineException if a map would not fit into one buffer or memory runs out
     */
    public HostFrameFeatures(NetworkPlan plan, Grid grid) {
        try {
            for (var layer : plan.layers()) {
                maps.put(
                        layer,
                        FeatureMap.allocate(
                                layer.layerName(),
                                layer.mapSize(plan.height()),
                                layer.mapSize(plan.width()),
                                layer.channels()));
            }
        } catch (OutOfMemoryError | IllegalArgumentException e) {
            throw new EngineException(
                    "The feature maps for a network input of " + plan.width() + "x" + plan.height()
                            + " do not fit into memory (" + e.getMessage()
                            + "); choose a smaller `size` or fewer `workers`.",
                    e);
        }
        matrix = new MapHypercolumnMatrix(
                grid,
                plan.layers().stream().map(maps::get).toList(),
                plan.layers().stream().allMatch(VggLayer::isRectified));
    }

    @Override
    public HypercolumnMatrix matrix() {
        return matrix;
    }

    @Override
    public FeatureMap map(VggLayer layer) {
        var map = maps.get(layer);
        if (map == null) {
            throw new IllegalArgumentException("Layer " + layer.layerName() + " was not asked of the network.");
        }
        return map;
    }

    @Override
    public void close() {}
}

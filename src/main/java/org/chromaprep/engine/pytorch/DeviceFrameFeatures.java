package org.chromaprep.engine.pytorch;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.vgg.VggLayer;

/** One frame's maps on a device, in single precision. A map comes to host memory only when it is asked for. */
final class DeviceFrameFeatures implements FrameFeatures {
    private final Map<VggLayer, MapLayout.Layer> places = new TreeMap<>();
    private final Map<VggLayer, FeatureMap> copies = new TreeMap<>();
    private final DeviceStream stream;
    private final DeviceFrame frame;
    private final DeviceHypercolumnMatrix matrix;
    private final DeviceMapHalves halves;

    /**
     * @param context not closed here
     * @throws EngineException if the device's memory runs out
     */
    DeviceFrameFeatures(DeviceContext context, Grid grid) {
        var plan = context.plan();
        try {
            var workspaces = context.workspaces(grid);
            stream = new DeviceStream(context.placement(), context.traffic(), true);
            frame = new DeviceFrame(context.placement(), workspaces.layout(), stream);
            matrix = new DeviceHypercolumnMatrix(workspaces, frame);
            halves = new DeviceMapHalves(context, workspaces, frame);
            for (var i = 0; i < plan.layers().size(); i++) {
                places.put(plan.layers().get(i), workspaces.layout().layers().get(i));
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new EngineException(
                    "The feature maps for a network input of " + plan.width() + "x" + plan.height()
                            + " do not fit into the graphics card's memory (" + Natives.firstLine(e)
                            + "); choose a smaller `size` or `batch`.",
                    e);
        }
    }

    DeviceFrame frame() {
        return frame;
    }

    /**
     * Queues the copying of a layer's map, widened to single precision, in the calling thread's stream; does nothing if the
     * layer was not requested.
     *
     * @param map channels x height x width
     */
    void receive(VggLayer layer, Tensor map) {
        var place = places.get(layer);
        if (place != null) {
            frame.maps().of(place).volume().copy_(map.permute(1, 2, 0), true);
        }
    }

    @Override
    public void expect(int[] pixels) {
        frame.expect(pixels);
    }

    @Override
    public HypercolumnMatrix matrix() {
        return matrix;
    }

    private MapLayout.Layer place(VggLayer layer) {
        var place = places.get(layer);
        if (place == null) {
            throw new IllegalArgumentException("Layer " + layer.layerName() + " was not asked of the network.");
        }
        return place;
    }

    @Override
    public synchronized FeatureMap map(VggLayer layer) {
        var place = place(layer);
        var copy = copies.computeIfAbsent(
                layer, each -> FeatureMap.allocate(each.layerName(), place.height(), place.width(), place.channels()));
        try (var host = Placement.over(copy)) {
            stream.run(() -> {
                stream.waitFor(frame.written());
                stream.traffic().copied();
                host.copy_(frame.maps().of(place).volume().permute(2, 0, 1).unsqueeze(0), false);
            });
            stream.await();
        }
        return copy;
    }

    @Override
    public long gatherHalves(int[] pixels, ByteBuffer into) {
        if (!frame.hasSamples(pixels)) {
            return matrix.gatherHalves(pixels, into);
        }
        frame.packet().copySamples(frame.received(), pixels.length, into);
        return frame.packet().saturated(frame.received(), pixels.length);
    }

    @Override
    public long mapHalves(VggLayer layer, ByteBuffer into) {
        return halves.copy(place(layer), into);
    }

    @Override
    public void close() {
        halves.close();
        frame.close();
        stream.close();
    }
}

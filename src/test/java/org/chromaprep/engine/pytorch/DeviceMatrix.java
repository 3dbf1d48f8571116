package org.chromaprep.engine.pytorch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.chromaprep.engine.Device;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;

/** A matrix of given maps on a device. */
final class DeviceMatrix implements AutoCloseable {
    private final DeviceWorkspaces workspaces;
    private final DeviceStream stream;
    private final DeviceFrame frame;
    private final DeviceHypercolumnMatrix matrix;

    private DeviceMatrix(Placement placement, DeviceSequences sequences, Grid grid, List<FeatureMap> maps) {
        Natives.demandExactness();
        var traffic = new DeviceTraffic();
        var layout = MapLayout.of(
                grid,
                maps.stream()
                        .map(map -> new int[] {map.height(), map.width(), map.channels()})
                        .toList());
        workspaces = new DeviceWorkspaces(placement, traffic, sequences, layout);
        stream = new DeviceStream(placement, traffic, true);
        frame = new DeviceFrame(placement, layout, stream);
        matrix = new DeviceHypercolumnMatrix(workspaces, frame);
        for (int i = 0; i < maps.size(); i++) {
            var place = frame.maps().of(layout.layers().get(i)).volume();
            try (var copy = tensor(placement, maps.get(i))) {
                stream.run(() -> place.copy_(copy));
            }
        }
        stream.run(() -> stream.record(frame.written()));
    }

    static DeviceMatrix of(Placement placement, Grid grid, List<FeatureMap> maps) {
        var sequences = placement.device() == Device.CUDA ? new CudaGraphs() : DeviceSequences.plain();
        return new DeviceMatrix(placement, sequences, grid, maps);
    }

    static DeviceMatrix of(Placement placement, DeviceSequences sequences, Grid grid, List<FeatureMap> maps) {
        return new DeviceMatrix(placement, sequences, grid, maps);
    }

    private static Tensor tensor(Placement placement, FeatureMap map) {
        var numbers = new float[map.positions() * map.channels()];
        map.values().get(0, numbers);
        return placement.copyOf(numbers, map.height(), map.width(), map.channels());
    }

    DeviceTraffic traffic() {
        return stream.traffic();
    }

    DeviceFrame frame() {
        return frame;
    }

    DeviceHypercolumnMatrix matrix() {
        return matrix;
    }

    @Override
    public void close() {
        workspaces.close();
        frame.close();
        stream.close();
    }
}

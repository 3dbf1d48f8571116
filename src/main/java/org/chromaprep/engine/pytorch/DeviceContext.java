package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.VggLayer;

/**
 * What all that an engine does on its device have in common: where that is, its traffic with the host, and the workspaces for
 * each grid that hypercolumns are computed on. Safe for use by several threads; the engine that made it closes it.
 */
final class DeviceContext implements AutoCloseable {
    private final Placement placement;
    private final NetworkPlan plan;
    private final DeviceSequences sequences;
    private final DeviceTraffic traffic = new DeviceTraffic();
    private final List<DeviceWorkspaces> workspaces = new ArrayList<>();

    /** @param sequences how fixed sequences of operations are done */
    DeviceContext(Placement placement, NetworkPlan plan, DeviceSequences sequences) {
        this.placement = placement;
        this.sequences = sequences;
        this.plan = plan;
    }

    Placement placement() {
        return placement;
    }

    NetworkPlan plan() {
        return plan;
    }

    DeviceTraffic traffic() {
        return traffic;
    }

    /** The workspaces for hypercolumns of the plan's layers on a grid. */
    synchronized DeviceWorkspaces workspaces(Grid grid) {
        for (var each : workspaces) {
            if (each.layout().grid().equals(grid)) {
                return each;
            }
        }
        var layout = MapLayout.of(grid, plan.layers().stream().map(this::shape).toList());
        workspaces.add(new DeviceWorkspaces(placement, traffic, sequences, layout));
        return workspaces.get(workspaces.size() - 1);
    }

    private int[] shape(VggLayer layer) {
        return new int[] {layer.mapSize(plan.height()), layer.mapSize(plan.width()), layer.channels()};
    }

    @Override
    public synchronized void close() {
        workspaces.forEach(DeviceWorkspaces::close);
        workspaces.clear();
    }
}

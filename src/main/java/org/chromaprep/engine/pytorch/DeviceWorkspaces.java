package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The workspaces for frames of one layout: as many as are in use at the same time, kept for the next. Safe for use by several
 * threads. Whoever made it closes it, when all are given back.
 */
final class DeviceWorkspaces implements AutoCloseable {
    private final Placement placement;
    private final DeviceTraffic traffic;
    private final DeviceSequences sequences;
    private final DeviceGrid constants;
    private final List<DeviceWorkspace> idle = new ArrayList<>();

    DeviceWorkspaces(Placement placement, DeviceTraffic traffic, DeviceSequences sequences, MapLayout layout) {
        this.placement = placement;
        this.traffic = traffic;
        this.sequences = sequences;
        this.constants = new DeviceGrid(placement, layout);
    }

    MapLayout layout() {
        return constants.layout();
    }

    /**
     * A workspace for the caller alone, who gives it back.
     *
     * @param best which one is to be preferred
     */
    synchronized DeviceWorkspace take(Predicate<DeviceWorkspace> best) {
        for (var i = 0; i < idle.size(); i++) {
            if (best.test(idle.get(i))) {
                return idle.remove(i);
            }
        }
        return idle.isEmpty()
                ? new DeviceWorkspace(placement, constants, traffic, sequences)
                : idle.remove(idle.size() - 1);
    }

    synchronized void giveBack(DeviceWorkspace workspace) {
        idle.add(workspace);
    }

    @Override
    public synchronized void close() {
        idle.forEach(DeviceWorkspace::close);
        idle.clear();
        constants.close();
    }
}

package org.chromaprep.engine.pytorch;

import java.nio.ByteBuffer;

/**
 * One frame's maps in half precision in host memory: all of them come with one copy when the first is asked for. One thread at
 * a time; whoever made it closes it.
 */
final class DeviceMapHalves implements AutoCloseable {
    private final DeviceWorkspaces workspaces;
    private final DeviceFrame frame;
    private final HostMemory host;
    private long known = -1;
    private long mapsAt;

    /**
     * @param context not closed here
     * @param workspaces for frames of this layout; not closed here
     * @param frame whose maps these are; not closed here
     */
    DeviceMapHalves(DeviceContext context, DeviceWorkspaces workspaces, DeviceFrame frame) {
        this.workspaces = workspaces;
        this.frame = frame;
        this.host = new HostMemory(context.placement(), context.traffic());
    }

    /**
     * Copies a layer's map.
     *
     * @param into receives it little-endian from its position on, which moves behind it
     * @return how many numbers were too large
     */
    long copy(MapLayout.Layer layer, ByteBuffer into) {
        if (known != frame.writings()) {
            DeviceFailure.guarded(this::receive);
            known = frame.writings();
        }
        var bytes = Math.toIntExact(layer.numbers() * Short.BYTES);
        into.put(into.position(), host.buffer(), Math.toIntExact(mapsAt + layer.offset() * Short.BYTES), bytes);
        into.position(into.position() + bytes);
        return (long) host.buffer().getDouble(layer.place() * Double.BYTES);
    }

    private boolean receive() {
        var workspace = workspaces.take(any -> false);
        try {
            var halves = workspace.halves();
            workspace.stream().run(() -> {
                workspace.stream().waitFor(frame.written());
                halves.round(frame.maps());
                host.receive(halves.memory());
            });
            workspace.stream().await();
            mapsAt = halves.mapsAt();
            return true;
        } finally {
            workspaces.giveBack(workspace);
        }
    }

    @Override
    public void close() {
        host.close();
    }
}

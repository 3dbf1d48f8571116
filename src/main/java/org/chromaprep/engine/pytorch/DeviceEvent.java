package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.pytorch.DeviceGuardImplInterface;
import org.bytedeco.pytorch.Stream;
import org.bytedeco.pytorch.global.torch.EventFlag;

/**
 * A point in a {@link DeviceStream} that other streams, or the host, can wait for. On the processor, where things are done at
 * once, there is nothing to wait for. Made by {@link DeviceStream#event}; whoever asked for it closes it, after all work that
 * waits for it has been queued.
 */
final class DeviceEvent implements AutoCloseable {
    private static final byte FIRST_DEVICE = 0;

    private final DeviceGuardImplInterface guard;
    private final boolean real;
    private final PointerPointer<Pointer> event = new PointerPointer<>(1);

    /** @param real whether the device has streams at all */
    DeviceEvent(DeviceGuardImplInterface guard, boolean real) {
        this.guard = guard;
        this.real = real;
        event.retainReference();
        event.put(0, (Pointer) null);
    }

    void record(Stream stream) {
        if (real) {
            guard.record(event, stream, FIRST_DEVICE, EventFlag.PYTORCH_DEFAULT);
        }
    }

    /** Lets what is queued in a stream from now on wait for what was recorded; for nothing if nothing was. */
    void block(Stream stream) {
        var recorded = event.get(0);
        if (recorded != null && !recorded.isNull()) {
            guard.block(recorded, stream);
        }
    }

    /** Waits for what was recorded, if that is not done already. */
    void await(DeviceTraffic traffic) {
        var recorded = event.get(0);
        if (recorded != null && !recorded.isNull() && !guard.queryEvent(recorded)) {
            traffic.waited();
            guard.synchronizeEvent(recorded);
        }
    }

    @Override
    public void close() {
        var recorded = event.get(0);
        if (recorded != null && !recorded.isNull()) {
            guard.destroyEvent(recorded, FIRST_DEVICE);
        }
        event.close();
    }
}

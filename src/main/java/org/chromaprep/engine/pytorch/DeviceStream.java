package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceGuardImplInterface;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Stream;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.chromaprep.engine.Device;

/**
 * One queue of a device's work: in it things are done in order, beside those of other queues. On the processor there is no
 * queue, and things are done at once. Any number of threads may use it; whoever made it closes it.
 */
final class DeviceStream implements AutoCloseable {
    private final DeviceGuardImplInterface guard;
    private final Stream stream;
    private final DeviceTraffic traffic;
    private final boolean cuda;

    /**
     * @param traffic counts the waits
     * @param urgent whether its work goes before that of other streams, as short work should that somebody waits for
     */
    @SuppressWarnings("try")
    DeviceStream(Placement placement, DeviceTraffic traffic, boolean urgent) {
        this.traffic = traffic;
        this.cuda = placement.device() == Device.CUDA;
        try (var scope = new PointerScope()) {
            var device = new org.bytedeco.pytorch.Device(placement.deviceName());
            guard = Placement.kept(torch.getDeviceGuardImpl(cuda ? DeviceType.CUDA : DeviceType.CPU));
            stream = Placement.kept(cuda ? guard.getStreamFromGlobalPool(device, urgent) : guard.getStream(device));
        }
    }

    /**
     * Does work in this stream: whatever the calling thread asks of libtorch meanwhile, in inference mode. Pointers that it
     * makes are closed at its end. It returns when the work is queued, not when it is done.
     */
    @SuppressWarnings("try")
    void run(Runnable work) {
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true)) {
            var before = guard.exchangeStream(stream);
            try {
                work.run();
            } finally {
                guard.exchangeStream(before);
            }
        }
    }

    /** A point of some stream, not yet recorded. The caller closes it. */
    DeviceEvent event() {
        return new DeviceEvent(guard, cuda);
    }

    /** Makes an event stand for all that has been queued here so far. */
    void record(DeviceEvent event) {
        event.record(stream);
    }

    /** Lets what is queued here from now on wait for an event. */
    void waitFor(DeviceEvent event) {
        event.block(stream);
    }

    /** Waits until everything in the stream is done. */
    void await() {
        traffic.waited();
        stream.synchronize();
    }

    /** The stream as libtorch knows it; not to be closed. */
    Stream stream() {
        return stream;
    }

    /** Counts what passes between this stream and the host. */
    DeviceTraffic traffic() {
        return traffic;
    }

    @Override
    public void close() {
        stream.close();
        guard.close();
    }
}

package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Hypercolumns of any pixels, so many at a time. Used by one thread at a time, within {@link DeviceStream#run}. Whoever made it
 * closes it.
 */
final class DeviceGathering implements AutoCloseable {
    /** Four neighbours of each are in the device's memory meanwhile. */
    private static final int MOST = 1024;

    private final DeviceSamples samples;
    private final ResultPacket packet;
    private final Tensor memory;
    private final Tensor halves;
    private final Tensor saturated;
    private final int most;

    /** @param constants not closed here */
    @SuppressWarnings("try")
    DeviceGathering(Placement placement, DeviceGrid constants) {
        var layout = constants.layout();
        most = Math.min(MOST, layout.grid().pixels());
        samples = new DeviceSamples(placement, constants, most);
        packet = new ResultPacket(0, layout.features(), 0, most);
        try (var scope = new PointerScope()) {
            memory = Placement.kept(placement.zeros(ScalarType.Byte, packet.bytes()));
            halves = Placement.kept(packet.samples(memory));
            saturated = Placement.kept(packet.saturated(memory));
        }
    }

    /** Pixels that go together. */
    int most() {
        return most;
    }

    /** The pixels' numbers, as many as go together, whole ones of 32 bits; to be written before the rest. */
    Tensor pixels() {
        return samples.pixels();
    }

    /** Computes the hypercolumns, as pixels x features in single precision. */
    Tensor rows(DeviceMaps maps) {
        samples.gather(maps);
        return samples.rows();
    }

    /** Computes the hypercolumns in half precision, as a packet that holds them alone. */
    Tensor halves(DeviceMaps maps) {
        samples.gather(maps);
        samples.round(halves, saturated);
        return memory;
    }

    ResultPacket packet() {
        return packet;
    }

    @Override
    public void close() {
        halves.close();
        saturated.close();
        memory.close();
        samples.close();
    }
}

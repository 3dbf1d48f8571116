package org.chromaprep.engine.pytorch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One frame on a device: its maps, the pixels whose hypercolumns are expected of it, and on the host what came back of it.
 * Memory that every frame in a slot of the ring reuses. One thread at a time; whoever made it closes it.
 */
final class DeviceFrame implements AutoCloseable {
    private static final int[] NONE = {};

    private final Placement placement;
    private final DeviceMaps maps;
    private final DeviceEvent written;
    private HostMemory host;
    private Optional<Tensor> pixels = Optional.empty();
    private int[] expected = NONE;
    private int[] sampled = NONE;
    private long writings;
    private ResultPacket packet = new ResultPacket(0, 0, 0, 0);

    DeviceFrame(Placement placement, MapLayout layout, DeviceStream stream) {
        this.placement = placement;
        this.maps = new DeviceMaps(placement, layout);
        this.written = stream.event();
        this.host = new HostMemory(placement, stream.traffic());
    }

    DeviceMaps maps() {
        return maps;
    }

    /** When the maps are there. */
    DeviceEvent written() {
        return written;
    }

    /** Tells, before the maps are written, which hypercolumns will be asked for. Copied. */
    void expect(int[] numbers) {
        expected = numbers.clone();
    }

    /** The pixels whose hypercolumns will be asked for; none if nobody knows. The array itself. */
    int[] expected() {
        return expected;
    }

    /**
     * Takes note that other maps are written, and queues the copying of the expected pixels' numbers in the calling thread's
     * stream.
     *
     * @param uploaded as many numbers as pixels are expected, or more, whole ones of 32 bits
     */
    @SuppressWarnings("try")
    void rewritten(Tensor uploaded) {
        sampled = NONE;
        writings++;
        if (expected.length == 0) {
            return;
        }
        if (pixels.isEmpty() || pixels.get().numel() != expected.length) {
            pixels.ifPresent(Tensor::close);
            try (var scope = new PointerScope()) {
                pixels = Optional.of(Placement.kept(placement.zeros(ScalarType.Int, expected.length)));
            }
        }
        pixels.get().copy_(uploaded.narrow(0, 0, expected.length), true);
    }

    /** How often the maps have been rewritten: another number, other maps. */
    long writings() {
        return writings;
    }

    /** The expected pixels' numbers on the device; empty if none are expected. */
    Optional<Tensor> pixels() {
        return expected.length == 0 ? Optional.empty() : pixels;
    }

    /** Takes over what a program received of this frame. */
    void take(DeviceProgram program) {
        packet = program.packet();
        sampled = packet.samples() > 0 ? expected : NONE;
        host = program.exchange(host);
    }

    /** The packet that was received last. */
    ResultPacket packet() {
        return packet;
    }

    /** What was received last. */
    ByteBuffer received() {
        return host.buffer();
    }

    /** Whether the hypercolumns of these pixels are among what was received. */
    boolean hasSamples(int[] numbers) {
        return sampled.length > 0 && Arrays.equals(sampled, numbers);
    }

    @Override
    public void close() {
        pixels.ifPresent(Tensor::close);
        host.close();
        written.close();
        maps.close();
    }
}

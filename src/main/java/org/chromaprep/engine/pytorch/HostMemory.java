package org.chromaprep.engine.pytorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.chromaprep.engine.Device;

/**
 * The host's side of copies to and from a device: page-locked memory, from which a CUDA device copies by itself while the
 * host continues. Grows to what is asked of it and is then used again. One thread at a time; whoever made it closes it.
 */
final class HostMemory implements AutoCloseable {
    private final Placement placement;
    private final DeviceTraffic traffic;
    private Tensor bytes;
    private ByteBuffer buffer;

    HostMemory(Placement placement, DeviceTraffic traffic) {
        this.placement = placement;
        this.traffic = traffic;
        allocate(1);
    }

    @SuppressWarnings("try")
    private void allocate(long size) {
        var pinned = placement.device() == Device.CUDA;
        try (var scope = new PointerScope()) {
            var options = new TensorOptions(ScalarType.Byte).pinned_memory(new BoolOptional(pinned));
            bytes = Placement.kept(torch.empty(new long[] {size}, options, new MemoryFormatOptional()));
            buffer = new BytePointer(bytes.data_ptr())
                    .capacity(size)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder());
        }
    }

    /** The memory, in native byte order. A new one after each growth. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Makes sure that there are so many bytes. What was there is lost if there were fewer. */
    void reserve(long size) {
        if (bytes.numel() < size) {
            bytes.close();
            allocate(size);
        }
    }

    /**
     * Queues a copy of the memory's beginning to the device, in the calling thread's stream; nothing may be written here until
     * it is done.
     *
     * @param to contiguous
     */
    void send(Tensor to) {
        traffic.copied();
        to.copy_(part(to), true);
    }

    /** Queues the copy of numbers to the device, as {@link #send(Tensor)} does. */
    void send(float[] numbers, Tensor to) {
        reserve(to.nbytes());
        buffer.asFloatBuffer().put(0, numbers, 0, Math.toIntExact(to.numel()));
        send(to);
    }

    /** As {@link #send(float[], Tensor)}, in double precision. */
    void send(double[] numbers, Tensor to) {
        reserve(to.nbytes());
        buffer.asDoubleBuffer().put(0, numbers, 0, Math.toIntExact(to.numel()));
        send(to);
    }

    /** As {@link #send(float[], Tensor)}, for whole numbers of 32 bits. */
    void send(int[] numbers, Tensor to) {
        reserve(to.nbytes());
        buffer.asIntBuffer().put(0, numbers, 0, Math.toIntExact(to.numel()));
        send(to);
    }

    /**
     * Queues a copy from the device to the memory's beginning, in the calling thread's stream.
     *
     * @param from contiguous
     */
    void receive(Tensor from) {
        reserve(from.nbytes());
        traffic.copied();
        part(from).copy_(from, true);
    }

    private Tensor part(Tensor like) {
        return bytes.narrow(0, 0, like.nbytes()).view(like.scalar_type()).view(like.sizes());
    }

    @Override
    public void close() {
        bytes.close();
    }
}

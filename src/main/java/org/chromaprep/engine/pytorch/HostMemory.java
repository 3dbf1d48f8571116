package org.chromaprep.engine.pytorch;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.chromaprep.engine.Device;

/**
 * The host's side of copies to and from a device: page-locked memory, from which a CUDA device copies by itself while the
 * host goes on. libtorch keeps freed memory of this kind for the next request. Tensors that are made here belong to the
 * calling thread's innermost {@link org.bytedeco.javacpp.PointerScope}.
 *
 * @param placement where the device's tensors live
 * @param traffic counts the copies
 */
record HostMemory(Placement placement, DeviceTraffic traffic) {
    /** Memory of the host for numbers of a type. */
    Tensor allocate(ScalarType type, long... shape) {
        var options = new TensorOptions(type).pinned_memory(new BoolOptional(placement.device() == Device.CUDA));
        return torch.empty(shape, options, new MemoryFormatOptional());
    }

    /** A copy of numbers on the device, whose making is only queued. */
    Tensor send(float[] numbers, long... shape) {
        var host = allocate(ScalarType.Float, shape);
        host.data_ptr_float().put(numbers, 0, Math.toIntExact(host.numel()));
        return send(host);
    }

    /** As {@link #send(float[], long...)}. */
    Tensor send(long[] numbers, long... shape) {
        var host = allocate(ScalarType.Long, shape);
        host.data_ptr_long().put(numbers, 0, Math.toIntExact(host.numel()));
        return send(host);
    }

    private Tensor send(Tensor host) {
        traffic.copied();
        return host.to(placement.torchDevice(), host.scalar_type(), true, false, new MemoryFormatOptional());
    }

    /** Copies single-precision numbers from the device, and waits for them. */
    void receive(Tensor numbers, float[] into, int at) {
        var host = received(numbers);
        host.data_ptr_float().get(into, at, Math.toIntExact(host.numel()));
    }

    /** Copies double-precision numbers from the device, and waits for them. */
    void receive(Tensor numbers, double[] into) {
        var host = received(numbers);
        host.data_ptr_double().get(into, 0, Math.toIntExact(host.numel()));
    }

    private Tensor received(Tensor numbers) {
        var host = allocate(numbers.scalar_type(), numbers.numel());
        traffic.copied();
        traffic.waited();
        // A copy that blocks waits for the stream that it is in, not for the whole device.
        return host.copy_(numbers.reshape(-1), false);
    }
}

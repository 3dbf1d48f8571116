package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Precision;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.vgg.VggLayer;

/**
 * Where tensors live and what they are made of, and how arrays of ours become such tensors.
 *
 * @param device where the network computes
 * @param precision what it computes with
 */
record Placement(Device device, Precision precision) {
    ScalarType type() {
        return switch (precision) {
            case FP32 -> ScalarType.Float;
            case BF16 -> ScalarType.BFloat16;
            case FP16 -> ScalarType.Half;
        };
    }

    /** The device's name as libtorch and manifests write it. */
    String deviceName() {
        return device == Device.CUDA ? "cuda:0" : "cpu";
    }

    /** The device as libtorch knows it. */
    org.bytedeco.pytorch.Device torchDevice() {
        return new org.bytedeco.pytorch.Device(deviceName());
    }

    /** The tensor on this device and in this precision: itself where it is that already, else a copy. */
    Tensor place(Tensor tensor) {
        return tensor.to(torchDevice(), type());
    }

    /**
     * Zeros on the device, which belong to the calling thread's innermost {@link PointerScope}.
     */
    Tensor zeros(ScalarType type, long... shape) {
        return torch.zeros(shape, new TensorOptions(type).device(new DeviceOptional(torchDevice())));
    }

    /** One number on the device, which belongs to the calling thread's innermost {@link PointerScope}. */
    Tensor number(ScalarType type, double value) {
        return zeros(type, 1).fill_(new Scalar(value));
    }

    /** A convolution's kernel as output x input x side x side in channels-last order; the caller closes it. */
    @SuppressWarnings("try")
    Tensor kernel(VggLayer layer, float[] hwio) {
        try (var scope = new PointerScope()) {
            var oihw = torch.from_blob(
                            new FloatPointer(hwio), layer.side(), layer.side(), layer.inputChannels(), layer.channels())
                    .permute(3, 2, 0, 1);
            return kept(place(oihw.contiguous(MemoryFormat.ChannelsLast)));
        }
    }

    /** A copy of an array; the caller closes it. */
    @SuppressWarnings("try")
    Tensor copyOf(float[] values, long... shape) {
        try (var scope = new PointerScope()) {
            return kept(place(torch.from_blob(new FloatPointer(values), shape).clone()));
        }
    }

    /**
     * The map's own memory as a tensor: 1 x channels x height x width in channels-last order, single precision, on the
     * host. The caller closes it and keeps the map until then.
     */
    @SuppressWarnings("try")
    static Tensor over(FeatureMap map) {
        long pixel = map.channels();
        long row = map.width() * pixel;
        try (var scope = new PointerScope()) {
            var numbers = new FloatPointer(map.values());
            return kept(torch.from_blob(
                    numbers,
                    new long[] {1, map.channels(), map.height(), map.width()},
                    map.height() * row,
                    1,
                    row,
                    pixel));
        }
    }

    /** Lets a pointer outlive the innermost scope; the caller closes it. */
    static <P extends Pointer> P kept(P pointer) {
        pointer.retainReference();
        return pointer;
    }
}

package org.chromaprep.engine.pytorch;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.IntType;
import org.bytedeco.pytorch.NumberType;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's fused convolution {@code mkldnn::_convolution_pointwise}: bias and ReLU are applied while the result is still
 * in registers, and the kernel lies in the order that oneDNN likes best for the input's size. The presets have no Java
 * method for it, so it is called by name, with arguments that are made once.
 *
 * <p>Used by any number of threads at once after construction. The engine that opened it closes it.
 */
final class OneDnn implements AutoCloseable {
    private static final String OPERATOR = "mkldnn::_convolution_pointwise";
    private static final long[] ONES = {1, 1};

    private final PointerScope constants;
    private final OperatorHandle operator;
    private final IValue ones;
    private final IValue groups;
    private final IValue rectifier;
    private final IValue noScalars;
    private final IValue noAlgorithm;

    private OneDnn() {
        try (var scope = new PointerScope()) {
            operator = Dispatcher.singleton().findSchemaOrThrow(OPERATOR, "");
            var list = new GenericList(new Type.TypePtr(IntType.getIntTypePtr().get()));
            for (long one : ONES) {
                list.push_back(new IValue(one));
            }
            ones = new IValue(list);
            groups = new IValue(1L);
            rectifier = new IValue("relu");
            var scalars = OptionalType.get(new Type.TypePtr(NumberType.getNumberIntTypePtr().get()));
            noScalars = new IValue(new GenericList(scalars));
            noAlgorithm = new IValue("");
            constants = scope.extend();
        }
    }

    /** The operation, where libtorch was built with it and this processor runs it in the wanted precision. */
    static Optional<OneDnn> open(Placement placement) {
        if (!torch.hasMKLDNN()) {
            return Optional.empty();
        }
        try {
            var oneDnn = new OneDnn();
            try {
                oneDnn.tryOut(placement);
                return Optional.of(oneDnn);
            } catch (RuntimeException e) {
                oneDnn.close();
                throw e;
            }
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("try")
    private void tryOut(Placement placement) {
        try (var scope = new PointerScope();
                var kernel = placement.copyOf(new float[16 * 16 * 9], 16, 16, 3, 3);
                var from = placement.copyOf(new float[16 * 4 * 4], 1, 16, 4, 4);
                var bias = placement.copyOf(new float[16], 16);
                var ordered = reordered(kernel, 4, 4);
                var kernelValue = new IValue(ordered);
                var biasValue = new IValue(bias)) {
            convolve(from, kernelValue, biasValue).close();
        }
    }

    /** The kernel in the order that oneDNN wants for one input size; the caller closes it. */
    @SuppressWarnings("try")
    static Tensor reordered(Tensor kernel, long height, long width) {
        try (var scope = new PointerScope()) {
            return Placement.kept(torch.mkldnn_reorder_conv2d_weight(kernel.to_mkldnn(), ONES, ONES, ONES, 1,
                    1, kernel.size(1), height, width));
        }
    }

    /** Convolution, bias and ReLU into a new tensor, which the caller closes. */
    Tensor convolve(Tensor from, IValue kernel, IValue bias) {
        try (var input = new IValue(from);
                var stack = new IValueVector(input, kernel, bias, ones, ones, ones, groups, rectifier, noScalars,
                        noAlgorithm)) {
            operator.callBoxed(stack);
            // What toTensor() returns lies within the stack and goes with it.
            return new Tensor(stack.get(0).toTensor());
        }
    }

    @Override
    public void close() {
        constants.close();
    }
}

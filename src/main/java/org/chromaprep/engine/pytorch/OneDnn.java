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
import org.chromaprep.engine.Device;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Precision;

/**
 * libtorch's fused convolution {@code mkldnn::_convolution_pointwise}: bias and ReLU are applied while the result is still
 * in registers, and the kernel lies in the order that oneDNN likes best for the input's size. The presets have no Java
 * method for it, so it is called by name, with arguments that are made once.
 *
 * <p>Used by any number of threads at once after construction. The engine that opened it closes it, after all convolutions.
 */
public final class OneDnn implements AutoCloseable {
    private static final String OPERATOR = "mkldnn::_convolution_pointwise";
    private static final long[] ONES = {1, 1};

    private final PointerScope constants;
    private final OperatorHandle operator;
    private final IValue ones;
    private final IValue noScalars;
    private final IValue noAlgorithm;

    /** What the operation needs beside numbers, in its own types. Whoever made it closes it. */
    record Arguments(IValue padding, IValue groups, IValue activation) implements AutoCloseable {
        @Override
        public void close() {
            activation.close();
            groups.close();
            padding.close();
        }
    }

    private OneDnn() {
        try (var scope = new PointerScope()) {
            operator = Dispatcher.singleton().findSchemaOrThrow(OPERATOR, "");
            ones = pair(1, 1);
            var scalars = OptionalType.get(
                    new Type.TypePtr(NumberType.getNumberIntTypePtr().get()));
            noScalars = new IValue(new GenericList(scalars));
            noAlgorithm = new IValue("");
            constants = scope.extend();
        }
    }

    private static IValue pair(long rows, long columns) {
        var list = new GenericList(new Type.TypePtr(IntType.getIntTypePtr().get()));
        list.push_back(new IValue(rows));
        list.push_back(new IValue(columns));
        return new IValue(list);
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

    /**
     * oneDNN's convolutions in single precision on the processor, for engines that compute by them; whoever opens it closes it.
     *
     * @throws EngineException if libtorch cannot be loaded or was built without them
     */
    public static OneDnn open() {
        Natives.load();
        return open(new Placement(Device.CPU, Precision.FP32))
                .orElseThrow(() -> new EngineException(
                        "libtorch has no oneDNN here (" + Natives.description() + "); choose another `engine`."));
    }

    /** libtorch's version, as in {@code 2.10.0-1.5.13} with that of the presets. */
    public static String version() {
        return Natives.version();
    }

    /** Which libraries are loaded, as in {@code pytorch linux-x86_64 (AVX512)}. */
    public static String natives() {
        return Natives.description();
    }

    /**
     * Sets how many threads convolutions take that the calling thread asks for. libtorch and OpenMP keep this number for each
     * thread; a thread that never set it takes every core.
     *
     * @param threads at least 1
     */
    public static void useThreads(int threads) {
        torch.set_num_threads(threads);
    }

    @SuppressWarnings("try")
    private void tryOut(Placement placement) {
        var shape = new ConvolutionShape(1, 16, 16, 3, 4, 4, 1, 1, true);
        try (var scope = new PointerScope();
                var kernel = placement.copyOf(new float[16 * 16 * 9], 16, 16, 3, 3);
                var from = placement.copyOf(new float[16 * 4 * 4], 1, 16, 4, 4);
                var bias = placement.copyOf(new float[16], 16);
                var ordered = reordered(kernel, shape);
                var kernelValue = new IValue(ordered);
                var biasValue = new IValue(bias);
                var arguments = arguments(shape)) {
            convolve(from, kernelValue, biasValue, arguments).close();
        }
    }

    /** The kernel in the order that oneDNN wants for a shape; the caller closes it. */
    static Tensor reordered(Tensor kernel, ConvolutionShape shape) {
        return reordered(
                kernel,
                new long[] {shape.rowPadding(), shape.columnPadding()},
                shape.groups(),
                shape.inputs(),
                shape.height(),
                shape.width());
    }

    @SuppressWarnings("try")
    private static Tensor reordered(Tensor kernel, long[] padding, long groups, long inputs, long height, long width) {
        try (var scope = new PointerScope()) {
            return Placement.kept(torch.mkldnn_reorder_conv2d_weight(
                    kernel.to_mkldnn(), padding, ONES, ONES, groups, 1, inputs, height, width));
        }
    }

    /** The arguments of a shape; the caller closes them. */
    Arguments arguments(ConvolutionShape shape) {
        return new Arguments(
                Placement.kept(pair(shape.rowPadding(), shape.columnPadding())),
                Placement.kept(new IValue((long) shape.groups())),
                Placement.kept(new IValue(shape.rectified() ? "relu" : "none")));
    }

    /** A convolution into a new tensor, which the caller closes. */
    Tensor convolve(Tensor from, IValue kernel, IValue bias, Arguments arguments) {
        try (var input = new IValue(from);
                var stack = new IValueVector(
                        input,
                        kernel,
                        bias,
                        arguments.padding(),
                        ones,
                        ones,
                        arguments.groups(),
                        arguments.activation(),
                        noScalars,
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

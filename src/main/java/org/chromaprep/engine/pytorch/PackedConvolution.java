package org.chromaprep.engine.pytorch;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One convolution by oneDNN on the processor, in single precision, for inputs of one size, from memory to memory. The kernel
 * is kept in the order that oneDNN likes best for that size.
 *
 * <p>Used by any number of threads at once. Whoever made it closes it.
 */
public final class PackedConvolution implements AutoCloseable {
    private final OneDnn oneDnn;
    private final ConvolutionShape shape;
    private final Tensor kernel;
    private final Optional<Tensor> bias;
    private final IValue kernelValue;
    private final IValue biasValue;
    private final OneDnn.Arguments arguments;

    /**
     * @param oneDnn computes it; stays the caller's, and open until this is closed
     * @param kernel output x input of its group x side x side; copied
     * @param bias a number an output; copied; empty for none
     */
    @SuppressWarnings("try")
    public PackedConvolution(OneDnn oneDnn, ConvolutionShape shape, FloatPointer kernel, Optional<float[]> bias) {
        this.oneDnn = oneDnn;
        this.shape = shape;
        try (var scope = new PointerScope()) {
            var plain = torch.from_blob(
                    kernel, shape.outputs(), shape.inputs() / shape.groups(), shape.side(), shape.side());
            this.kernel = Placement.kept(OneDnn.reordered(plain, shape));
            this.bias = bias.map(each -> Placement.kept(
                    torch.from_blob(new FloatPointer(each), shape.outputs()).clone()));
            this.kernelValue = Placement.kept(new IValue(this.kernel));
            this.biasValue = Placement.kept(this.bias.map(IValue::new).orElseGet(IValue::new));
            this.arguments = oneDnn.arguments(shape);
        }
    }

    /**
     * Memory for inputs, made a thread; whoever made it closes it. It may be part of a larger memory that others use as well.
     *
     * @param memory in height, width, channel order from its first number on; kept until this is closed
     */
    public Input input(FloatPointer memory) {
        return new Input(memory, shape);
    }

    /**
     * Convolves on the calling thread, and as many others as {@link OneDnn#useThreads} was given there.
     *
     * @param from holds the input
     * @param to receives the output in height, width, channel order, in memory that is gone when it returns
     */
    @SuppressWarnings("try")
    public void apply(Input from, Consumer<FloatBuffer> to) {
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true)) {
            var result = oneDnn.convolve(from.tensor, kernelValue, biasValue, arguments);
            to.accept(new FloatPointer(result.data_ptr())
                    .capacity(shape.outputNumbers())
                    .asBuffer());
            result.close();
        }
    }

    @Override
    public void close() {
        arguments.close();
        biasValue.close();
        kernelValue.close();
        bias.ifPresent(Tensor::close);
        kernel.close();
    }

    /** Where a thread puts what is to be convolved. */
    public static final class Input implements AutoCloseable {
        private final FloatBuffer numbers;
        private final Tensor tensor;

        @SuppressWarnings("try")
        private Input(FloatPointer memory, ConvolutionShape shape) {
            numbers = memory.getPointer(0).capacity(shape.inputNumbers()).asBuffer();
            try (var scope = new PointerScope()) {
                tensor = Placement.kept(torch.from_blob(memory, 1, shape.height(), shape.width(), shape.inputs())
                        .permute(0, 3, 1, 2));
            }
        }

        /** The input's numbers in height, width, channel order. */
        public FloatBuffer numbers() {
            return numbers;
        }

        @Override
        public void close() {
            tensor.close();
        }
    }
}

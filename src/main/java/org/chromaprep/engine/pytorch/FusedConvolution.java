package org.chromaprep.engine.pytorch;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/** A convolution with its ReLU in one oneDNN primitive, for maps of one size. */
final class FusedConvolution implements LayerOperation {
    private final OneDnn oneDnn;
    private final Tensor kernel;
    private final Tensor bias;
    private final IValue kernelValue;
    private final IValue biasValue;
    private final OneDnn.Arguments arguments;

    /**
     * @param oneDnn kept, not closed
     * @param kernel output x input x side x side; copied into oneDNN's order
     * @param bias closed with this object
     * @param shape of what it computes
     */
    FusedConvolution(OneDnn oneDnn, Tensor kernel, Tensor bias, ConvolutionShape shape) {
        this.oneDnn = oneDnn;
        this.kernel = OneDnn.reordered(kernel, shape);
        this.bias = bias;
        this.kernelValue = Placement.kept(new IValue(this.kernel));
        this.biasValue = Placement.kept(new IValue(bias));
        this.arguments = oneDnn.arguments(shape);
    }

    @Override
    public Tensor apply(Tensor from) {
        return oneDnn.convolve(from, kernelValue, biasValue, arguments);
    }

    @Override
    public void close() {
        arguments.close();
        biasValue.close();
        kernelValue.close();
        bias.close();
        kernel.close();
    }
}

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

    /**
     * @param oneDnn kept, not closed
     * @param kernel output x input x 3 x 3; copied into oneDNN's order
     * @param bias closed with this object
     * @param height rows of the map
     * @param width columns of the map
     */
    FusedConvolution(OneDnn oneDnn, Tensor kernel, Tensor bias, int height, int width) {
        this.oneDnn = oneDnn;
        this.kernel = OneDnn.reordered(kernel, height, width);
        this.bias = bias;
        this.kernelValue = Placement.kept(new IValue(this.kernel));
        this.biasValue = Placement.kept(new IValue(bias));
    }

    @Override
    public Tensor apply(Tensor from) {
        return oneDnn.convolve(from, kernelValue, biasValue);
    }

    @Override
    public void close() {
        biasValue.close();
        kernelValue.close();
        bias.close();
        kernel.close();
    }
}

package org.chromaprep.engine.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution and its ReLU as libtorch computes them anywhere; on CUDA devices by cuDNN. */
final class PlainConvolution implements LayerOperation {
    private static final long[] ONES = {1, 1};

    private final long[] padding;
    private final Tensor kernel;
    private final Tensor bias;
    private final TensorOptional biasOptional;

    /**
     * @param kernel output x input x side x side, the side odd; closed with this object
     * @param bias closed with this object
     */
    PlainConvolution(Tensor kernel, Tensor bias) {
        var around = (kernel.size(2) - 1) / 2;
        this.padding = new long[] {around, around};
        this.kernel = kernel;
        this.bias = bias;
        this.biasOptional = Placement.kept(new TensorOptional(bias));
    }

    @Override
    public Tensor apply(Tensor from) {
        var map = torch.conv2d(from, kernel, biasOptional, ONES, padding, ONES, 1);
        torch.relu_(map);
        return map;
    }

    @Override
    public void close() {
        biasOptional.close();
        bias.close();
        kernel.close();
    }
}

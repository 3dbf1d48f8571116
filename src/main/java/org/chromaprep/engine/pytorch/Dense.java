package org.chromaprep.engine.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A fully connected layer over the whole map before it, flattened in height, width, channel order. */
final class Dense implements LayerOperation {
    private final Tensor kernel;
    private final Tensor bias;
    private final boolean rectified;

    /**
     * @param kernel inputs x outputs, closed with this object
     * @param bias closed with this object
     * @param rectified whether a ReLU follows
     */
    Dense(Tensor kernel, Tensor bias, boolean rectified) {
        this.kernel = kernel;
        this.bias = bias;
        this.rectified = rectified;
    }

    @Override
    public Tensor apply(Tensor from) {
        var numbers = torch.addmm(bias, from.permute(0, 2, 3, 1).reshape(-1, kernel.size(0)), kernel);
        if (rectified) {
            torch.relu_(numbers);
        }
        return numbers.reshape(-1, kernel.size(1), 1, 1);
    }

    @Override
    public void close() {
        bias.close();
        kernel.close();
    }
}

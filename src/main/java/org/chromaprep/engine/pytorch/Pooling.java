package org.chromaprep.engine.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The 2x2 maximum with stride 2. */
final class Pooling implements LayerOperation {
    private static final long[] TWOS = {2, 2};
    private static final long[] ONES = {1, 1};
    private static final long[] ZEROS = {0, 0};

    @Override
    public Tensor apply(Tensor from) {
        return torch.max_pool2d(from, TWOS, TWOS, ZEROS, ONES, false);
    }

    @Override
    public void close() {}
}

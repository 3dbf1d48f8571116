package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Precision;

/** A product of two square matrices on the processor. Whoever made it closes it. Used by one thread. */
public final class SquareProduct implements AutoCloseable {
    private final Tensor left;
    private final Tensor right;
    private final Tensor product;

    /**
     * @param precision of the numbers
     * @param side rows and columns, at least 1
     * @throws org.chromaprep.engine.EngineException if libtorch cannot be loaded or does not compute in the precision
     */
    @SuppressWarnings("try")
    public SquareProduct(Precision precision, int side) {
        Natives.load();
        Natives.demand(Device.CPU, precision);
        var placement = new Placement(Device.CPU, precision);
        try (var scope = new PointerScope()) {
            left = Placement.kept(placement.place(torch.rand(side, side)));
            right = Placement.kept(placement.place(torch.rand(side, side)));
            product = Placement.kept(placement.place(torch.rand(side, side)));
        }
    }

    /** Multiplies on the calling thread alone. */
    @SuppressWarnings("try")
    public void multiply() {
        torch.set_num_threads(1);
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true)) {
            torch.mm_out(product, left, right);
        }
    }

    @Override
    public void close() {
        left.close();
        right.close();
        product.close();
    }
}

package org.chromaprep.learn.fit;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Huber's loss divided by its bend: the absolute difference less half the bend, but a parabola within the bend. A colour that
 * is far off pulls no harder than one that is somewhat off.
 */
final class SmoothL1 extends RowLoss {
    private static final long serialVersionUID = 1L;

    private final double bend;

    /** @param bend difference up to which the loss is a parabola, above 0 */
    SmoothL1(double bend) {
        this.bend = bend;
    }

    @Override
    INDArray scores(INDArray labels, INDArray outputs) {
        var off = Transforms.abs(outputs.sub(labels), false);
        var inside = Transforms.min(off, bend, true);
        // |d| - bend/2 outside and d^2 / (2 bend) inside are both this, with m the smaller of |d| and the bend.
        return inside.mul(off.sub(inside.div(2))).divi(bend).sum(1);
    }

    @Override
    INDArray gradient(INDArray labels, INDArray outputs) {
        return Transforms.max(Transforms.min(outputs.sub(labels).divi(bend), 1, false), -1, false);
    }

    @Override
    public String toString() {
        return "SmoothL1(" + bend + ")";
    }
}

package org.chromaprep.learn.fit;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss that DeepLearning4J has not: a score for each row of the last layer's plain outputs, and its gradient. Rows are not
 * masked.
 */
abstract class RowLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    /** The score of each row. */
    abstract INDArray scores(INDArray labels, INDArray outputs);

    /** The gradient of the rows' sum of scores by the outputs. */
    abstract INDArray gradient(INDArray labels, INDArray outputs);

    private static void check(IActivation activation, INDArray mask) {
        if (!(activation instanceof ActivationIdentity) || mask != null) {
            throw new IllegalArgumentException("This loss is of plain outputs without a mask.");
        }
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray outputs, IActivation activation, INDArray mask, boolean average) {
        check(activation, mask);
        var sum = scores(labels, outputs).sumNumber().doubleValue();
        return average ? sum / labels.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray outputs, IActivation activation, INDArray mask) {
        check(activation, mask);
        return scores(labels, outputs);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray outputs, IActivation activation, INDArray mask) {
        check(activation, mask);
        return gradient(labels, outputs);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray outputs, IActivation activation, INDArray mask, boolean average) {
        return Pair.create(
                computeScore(labels, outputs, activation, mask, average),
                computeGradient(labels, outputs, activation, mask));
    }

    @Override
    public String name() {
        return getClass().getSimpleName();
    }
}

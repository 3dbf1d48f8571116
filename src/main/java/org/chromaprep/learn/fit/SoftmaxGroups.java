package org.chromaprep.learn.fit;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Cross entropy of one or more histograms a row, each the softmax of its own outputs. Labels are likelihoods times the row's
 * weight, so that their sum is the weight: rare colours may weigh more, and greys nothing in a histogram of hues.
 */
final class SoftmaxGroups extends RowLoss {
    private static final long serialVersionUID = 1L;

    private final int groups;

    /** @param groups histograms of equal length that the outputs are divided into */
    SoftmaxGroups(int groups) {
        this.groups = groups;
    }

    private List<INDArray> divided(INDArray rows) {
        var length = rows.size(1) / groups;
        var parts = new ArrayList<INDArray>();
        for (var group = 0; group < groups; group++) {
            parts.add(rows.get(NDArrayIndex.all(), NDArrayIndex.interval(group * length, (group + 1) * length)));
        }
        return parts;
    }

    @Override
    INDArray scores(INDArray labels, INDArray outputs) {
        var wanted = divided(labels);
        var given = divided(outputs);
        var scores = Nd4j.zeros(outputs.dataType(), outputs.size(0));
        for (var group = 0; group < groups; group++) {
            var shifted = given.get(group).subColumnVector(given.get(group).max(true, 1));
            var logSum = Transforms.log(Transforms.exp(shifted, true).sum(true, 1), false);
            scores.subi(wanted.get(group).mul(shifted.subColumnVector(logSum)).sum(1));
        }
        return scores;
    }

    @Override
    INDArray gradient(INDArray labels, INDArray outputs) {
        var wanted = divided(labels);
        var given = divided(outputs);
        var gradient = Nd4j.createUninitialized(outputs.dataType(), outputs.shape());
        var parts = divided(gradient);
        for (var group = 0; group < groups; group++) {
            var likelihood = Transforms.softmax(given.get(group).dup(), true);
            parts.get(group)
                    .assign(likelihood
                            .muliColumnVector(wanted.get(group).sum(true, 1))
                            .subi(wanted.get(group)));
        }
        return gradient;
    }

    @Override
    public String toString() {
        return "SoftmaxGroups(" + groups + ")";
    }
}

package org.chromaprep.learn;

import java.util.Arrays;
import java.util.List;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.StoredMatrix;

/** A head in double precision with the plainest loops there are: a reference for tests. */
public final class NaiveHead {
    private final List<Dense> layers;
    private final double[] mean;
    private final double[] scale;

    public NaiveHead(Head head) {
        layers = head.layers();
        mean = widened(head.standardisation().mean());
        scale = widened(head.standardisation().scale());
    }

    private static double[] widened(float[] numbers) {
        var wide = new double[numbers.length];
        Arrays.setAll(wide, i -> numbers[i]);
        return wide;
    }

    /** The last layer's numbers for a pixel of a stored matrix. */
    public double[] outputs(StoredMatrix x, int pixel) {
        var hypercolumn = new double[x.features()];
        for (int f = 0; f < hypercolumn.length; f++) {
            hypercolumn[f] = x.at(pixel, f);
        }
        return outputs(hypercolumn, pixel, x.grid());
    }

    /** The last layer's numbers for a pixel's hypercolumn. */
    public double[] outputs(double[] hypercolumn, int pixel, Grid grid) {
        var input = new double[hypercolumn.length + 2];
        for (int f = 0; f < hypercolumn.length; f++) {
            input[f] = (hypercolumn[f] - mean[f]) / scale[f];
        }
        input[hypercolumn.length] = 0.7 * Math.sqrt(12) * ((pixel / grid.width() + 0.5) / grid.height() - 0.5);
        input[hypercolumn.length + 1] = 0.7 * Math.sqrt(12) * ((pixel % grid.width() + 0.5) / grid.width() - 0.5);
        return outputs(input);
    }

    /** The last layer's numbers for a row that is standardised and has its place. */
    public double[] outputs(double[] row) {
        var from = row;
        for (int i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            var to = new double[layer.outputs()];
            for (int o = 0; o < to.length; o++) {
                to[o] = layer.biases()[o];
                for (int j = 0; j < from.length; j++) {
                    to[o] += layer.weights()[o * layer.inputs() + j] * from[j];
                }
                to[o] = i + 1 < layers.size() ? Math.max(0, to[o]) : to[o];
            }
            from = to;
        }
        return from;
    }
}

package org.chromaprep.learn;

import java.util.Arrays;

/**
 * A fully connected layer: each output is a weighted sum of all inputs, plus a number of its own.
 *
 * @param inputs numbers it takes, at least 1
 * @param outputs numbers it gives, at least 1
 * @param weights {@code outputs} rows of {@code inputs} numbers; kept and never written
 * @param biases a number an output; kept and never written
 */
public record Dense(int inputs, int outputs, float[] weights, float[] biases) {
    /**
     * @throws IllegalArgumentException if an array has another size than that, or a number is not finite
     */
    public Dense {
        if (inputs < 1 || outputs < 1 || weights.length != inputs * outputs || biases.length != outputs) {
            throw new IllegalArgumentException("A layer from " + inputs + " to " + outputs + " numbers cannot have "
                    + weights.length + " weights and " + biases.length + " biases.");
        }
        if (!isFinite(weights) || !isFinite(biases)) {
            throw new IllegalArgumentException("A layer has a weight that is not a finite number.");
        }
    }

    private static boolean isFinite(float[] numbers) {
        for (var number : numbers) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dense layer
                && inputs == layer.inputs
                && outputs == layer.outputs
                && Arrays.equals(weights, layer.weights)
                && Arrays.equals(biases, layer.biases);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + Arrays.hashCode(biases);
    }

    @Override
    public String toString() {
        return "Dense[" + inputs + " to " + outputs + "]";
    }
}

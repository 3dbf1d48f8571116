package org.chromaprep.learn;

import java.util.List;

/**
 * A network from one pixel's hypercolumn and place to what its target needs. Rectified (max(0, x)) between its layers.
 * Immutable; any number of threads may use it.
 *
 * @param standardisation of the features
 * @param layers the first takes the features and {@link Place#INPUTS} numbers for the place, the last gives the target's
 * @param target what the last layer's numbers mean
 */
public record Head(Standardisation standardisation, List<Dense> layers, Target target) {
    /**
     * @throws IllegalArgumentException if the layers do not fit together, the features or the target
     */
    public Head {
        layers = List.copyOf(layers);
        var inputs = standardisation.features() + Place.INPUTS;
        for (var layer : layers) {
            if (layer.inputs() != inputs) {
                throw new IllegalArgumentException(
                        "A head's layer takes " + layer.inputs() + " numbers where " + inputs + " come.");
            }
            inputs = layer.outputs();
        }
        if (layers.size() < 2 || inputs != target.outputs()) {
            throw new IllegalArgumentException("A head of " + layers.size() + " layers ends with " + inputs
                    + " numbers where its target needs " + target.outputs() + ".");
        }
    }

    /** Features of a hypercolumn. */
    public int features() {
        return standardisation.features();
    }
}

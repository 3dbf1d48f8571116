package org.chromaprep.vgg;

import java.nio.file.Path;
import java.util.List;

/** The shapes that the arrays of each layer must have. */
final class LayerShapes {
    private LayerShapes() {}

    /** The kernel's shape in {@link VggWeights}' order: height, width, in, out, or in, out. */
    static List<Integer> kernel(VggLayer layer) {
        return layer.kind() == VggLayer.Kind.CONVOLUTION
                ? List.of(3, 3, layer.inputChannels(), layer.channels())
                : List.of(layer.inputChannels(), layer.channels());
    }

    /** The bias' shape. */
    static List<Integer> bias(VggLayer layer) {
        return List.of(layer.channels());
    }

    /**
     * Checks a shape before its array is read.
     *
     * @throws WeightsException if the shapes differ
     */
    static void require(Path file, VggLayer layer, String array, List<Integer> expected, List<Integer> found)
            throws WeightsException {
        if (!expected.equals(found)) {
            throw new WeightsException("The array " + array + " of " + file + " has shape " + found
                    + " where " + Networks.of(layer).title() + "'s layer " + layer.layerName() + " has " + expected
                    + "; this is another network's file or a damaged one, so give one of "
                    + Networks.of(layer).title() + "'s.");
        }
    }

    /** The exception for numbers of a type that is not read. */
    static WeightsException wrongType(Path file, String array, String type) {
        return new WeightsException("The array " + array + " of " + file + " holds numbers of type " + type
                + ", which is not read; save it as float32.");
    }
}

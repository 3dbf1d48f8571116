package org.chromaprep.vgg;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network's trained numbers as plain arrays, for the layers up to some depth.
 *
 * <p>Convolution kernels are in HWIO order: {@code kernel[((dy * 3 + dx) * in + i) * out + o]}, input channels of
 * conv1_1 in R, G, B order. Kernels of fully connected layers are {@code [in, out]} with the input flattened in height,
 * width, channel order; layers that are computed as convolutions have the same ones. The arrays are shared, not copied: nobody writes to them after construction.
 */
public final class VggWeights {
    /**
     * One layer's numbers.
     *
     * @param kernel {@link VggLayer#kernelLength()} numbers
     * @param bias {@link VggLayer#channels()} numbers
     */
    public record LayerWeights(float[] kernel, float[] bias) {}

    private final WeightsOrigin origin;
    private final Preprocessing preprocessing;
    private final Map<VggLayer, LayerWeights> layers;

    /**
     * @param origin where the numbers come from
     * @param preprocessing what these weights were trained on
     * @param layers each layer's numbers, in the orders given above
     * @throws IllegalArgumentException if a layer's arrays have the wrong length or the layer has no weights
     */
    public VggWeights(WeightsOrigin origin, Preprocessing preprocessing, Map<VggLayer, LayerWeights> layers) {
        this.origin = origin;
        this.preprocessing = preprocessing;
        this.layers = new TreeMap<>();
        layers.forEach((layer, weights) -> {
            if (!layer.hasWeights()
                    || weights.kernel().length != layer.kernelLength()
                    || weights.bias().length != layer.channels()) {
                throw new IllegalArgumentException("Layer " + layer.layerName() + " takes a kernel of "
                        + layer.kernelLength() + " and a bias of " + layer.channels() + " numbers, not "
                        + weights.kernel().length + " and " + weights.bias().length + ".");
            }
            this.layers.put(layer.numbers(), weights);
        });
    }

    /** Where the numbers come from. */
    public WeightsOrigin origin() {
        return origin;
    }

    /** The preprocessing that these weights were trained on. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /**
     * One layer's numbers.
     *
     * @throws IllegalArgumentException if the layer is not among these weights
     */
    public LayerWeights of(VggLayer layer) {
        var weights = layers.get(layer.numbers());
        if (weights == null) {
            throw new IllegalArgumentException("These weights hold no layer " + layer.layerName() + ".");
        }
        return weights;
    }

    /** The layers with weights up to {@code deepest} that are missing here, in network order. */
    public List<VggLayer> missingUpTo(VggLayer deepest) {
        return deepest.upToHere().stream()
                .map(VggLayer::numbers)
                .filter(layer -> layer.hasWeights() && !layers.containsKey(layer))
                .toList();
    }
}

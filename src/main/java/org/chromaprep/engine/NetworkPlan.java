package org.chromaprep.engine;

import java.util.Comparator;
import java.util.List;
import org.chromaprep.vgg.Network;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.VggLayer;

/**
 * What an engine is to compute: the requested layers at one input size. The network is cut after the deepest of them. Without a
 * layer nothing is computed, and there is a grid alone.
 *
 * @param layers the requested layers in network order, without repetition
 * @param height the network input's rows
 * @param width the network input's columns
 */
public record NetworkPlan(List<VggLayer> layers, int height, int width) {
    /** The least side of a network input, in pixels: pool5 of anything smaller would be empty. */
    public static final int LEAST_SIZE = 32;

    /**
     * @throws IllegalArgumentException if a side is below {@link #LEAST_SIZE}, a fully connected layer is asked for at another
     *     size than 224x224, or together with one that is computed as a convolution
     */
    public NetworkPlan {
        layers = layers.stream().distinct().sorted(Comparator.naturalOrder()).toList();
        if (height < LEAST_SIZE || width < LEAST_SIZE) {
            throw new IllegalArgumentException("The network input of " + width + "x" + height
                    + " is too small; both sides must be at least " + LEAST_SIZE + ".");
        }
        if (!layers.isEmpty()
                && layers.get(layers.size() - 1).kind() == VggLayer.Kind.DENSE
                && (height != VggLayer.DENSE_INPUT_SIZE || width != VggLayer.DENSE_INPUT_SIZE)) {
            throw new IllegalArgumentException("Layer "
                    + layers.get(layers.size() - 1).layerName() + " needs a network input of "
                    + VggLayer.DENSE_INPUT_SIZE + "x" + VggLayer.DENSE_INPUT_SIZE + ", not " + width + "x" + height
                    + "; choose convolutional layers"
                    + convolved(layers.get(layers.size() - 1)) + " or that size.");
        }
        if (!layers.isEmpty()) {
            var computed = layers.get(layers.size() - 1).upToHere();
            var other =
                    layers.stream().filter(layer -> !computed.contains(layer)).findFirst();
            if (other.isPresent()) {
                throw new IllegalArgumentException("Layers " + other.get().layerName() + " and "
                        + layers.get(layers.size() - 1).layerName()
                        + " are not computed together, since one reads the last map as a whole and the other place by place;"
                        + " choose fully connected layers or their convolutions.");
            }
        }
    }

    private static String convolved(VggLayer dense) {
        return Networks.of(dense).convolved().stream()
                .filter(layer -> layer.numbers() == dense)
                .findFirst()
                .map(layer -> " (" + layer.layerName() + ", for one)")
                .orElse("");
    }

    /** A grid without a network. */
    public static NetworkPlan none(int height, int width) {
        return new NetworkPlan(List.of(), height, width);
    }

    /** Whether there is no network. */
    public boolean isEmpty() {
        return layers.isEmpty();
    }

    /** The last layer that must be computed; an empty plan has none. */
    public VggLayer deepest() {
        return layers.get(layers.size() - 1);
    }

    /** The network that the layers belong to. */
    public Network network() {
        return Networks.of(deepest());
    }

    /** Features of a hypercolumn over the requested layers. */
    public int features() {
        return layers.stream().mapToInt(VggLayer::channels).sum();
    }
}

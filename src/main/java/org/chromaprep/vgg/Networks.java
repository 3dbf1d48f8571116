package org.chromaprep.vgg;

import java.util.List;
import java.util.Optional;
import org.chromaprep.vgg.Network.Block;

/**
 * The networks there are.
 *
 * <p>Source: K. Simonyan and A. Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", table 1. The Keras
 * indices are those of a sequential model as the article "Convolutional hypercolumns in Python" (C. Perone) writes VGG-16, which
 * counts zero-padding and dropout layers, too.
 */
public final class Networks {
    /** Configuration D. */
    public static final Network VGG16 = new Network(
            "vgg16",
            "VGG-16",
            List.of(new Block(2, 64), new Block(2, 128), new Block(3, 256), new Block(3, 512), new Block(3, 512)));

    /** Configuration E. */
    public static final Network VGG19 = new Network(
            "vgg19",
            "VGG-19",
            List.of(new Block(2, 64), new Block(2, 128), new Block(4, 256), new Block(4, 512), new Block(4, 512)));

    /** Every network, the usual one first. */
    public static final List<Network> ALL = List.of(VGG16, VGG19);

    private Networks() {}

    /** The network of that option name, if it is one. */
    public static Optional<Network> byName(String name) {
        return ALL.stream().filter(network -> network.optionName().equals(name)).findFirst();
    }

    /** The network that a layer belongs to. */
    public static Network of(VggLayer layer) {
        return ALL.stream()
                .filter(network -> network.all().contains(layer))
                .findFirst()
                .orElseThrow();
    }
}

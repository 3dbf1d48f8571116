package org.chromaprep.vgg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Reads lists of layers as users write them. Stateless. */
public final class LayerNames {
    private LayerNames() {}

    /**
     * Reads layers of a network separated by commas: names as in {@code conv1_2}, or indices of the article's Keras model as in
     * {@code 3}.
     *
     * @return the layers in network order, each once
     * @throws IllegalArgumentException if there is none, or one is no layer with an output of its own; the message is a
     *     sentence that names the nearest valid one
     */
    public static List<VggLayer> parse(Network network, String layers) {
        var chosen = new TreeSet<VggLayer>();
        for (var word : layers.split(",", -1)) {
            chosen.add(one(network, word.strip()));
        }
        return List.copyOf(chosen);
    }

    private static VggLayer one(Network network, String word) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("A layer's name is missing in the list of layers, which is written as "
                    + "in conv1_2,conv2_2 or 3,8.");
        }
        if (word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return atIndex(network, word);
        }
        return network.byName(word)
                .orElseThrow(() ->
                        new IllegalArgumentException(network.title() + " has no layer '" + word + "': did you mean "
                                + nearest(network, word).layerName() + "? The layers are " + all(network) + "."));
    }

    private static VggLayer atIndex(Network network, String word) {
        var last = network.last();
        int index = word.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(word);
        if (index > last.kerasIndex()) {
            throw new IllegalArgumentException("The article's Keras model has no layer " + word + ": its last is "
                    + last.kerasIndex() + " (" + last.layerName() + ").");
        }
        return network.byKerasIndex(index)
                .orElseThrow(() -> new IllegalArgumentException("Layer " + index
                        + " of the article's Keras model is a " + auxiliary(network, index)
                        + " layer without an output of its own: "
                        + "ask for " + neighbours(network, index) + "."));
    }

    private static String auxiliary(Network network, int index) {
        var flatten = network.layers().stream()
                        .filter(layer -> layer.kind() == VggLayer.Kind.POOLING)
                        .mapToInt(VggLayer::kerasIndex)
                        .max()
                        .orElseThrow()
                + 1;
        if (index == flatten) {
            return "flatten";
        }
        return index > flatten ? "dropout" : "zero-padding";
    }

    private static String neighbours(Network network, int index) {
        var before = network.layers().stream()
                .filter(layer -> layer.kerasIndex() < index)
                .max(Comparator.naturalOrder());
        var after = network.layers().stream()
                .filter(layer -> layer.kerasIndex() > index)
                .min(Comparator.naturalOrder());
        return Arrays.asList(before, after).stream()
                .flatMap(Optional::stream)
                .map(layer -> layer.kerasIndex() + " (" + layer.layerName() + ")")
                .collect(Collectors.joining(" or "));
    }

    private static VggLayer nearest(Network network, String word) {
        // Keras' own names differ too much from the papers' for their letters to be compared.
        var name = word.toLowerCase(Locale.ROOT)
                .replaceFirst("^block(\\d)_conv", "conv$1_")
                .replaceFirst("^block(\\d)_pool", "pool$1");
        var distance = LevenshteinDistance.getDefaultInstance();
        return network.all().stream()
                .min(Comparator.comparingInt(layer -> distance.apply(name, layer.layerName())))
                .orElseThrow();
    }

    private static String all(Network network) {
        return network.all().stream().map(VggLayer::layerName).collect(Collectors.joining(", "));
    }
}

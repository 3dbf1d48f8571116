package org.chromaprep.vgg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Reads lists of layers as users write them. Stateless. */
public final class LayerNames {
    private static final int FLATTEN_INDEX = 31;
    private static final int LAST_INDEX = VggLayer.FC8.kerasIndex();

    private LayerNames() {}

    /**
     * Reads layers separated by commas: names as in {@code conv1_2}, or indices of the article's Keras model as in
     * {@code 3}.
     *
     * @return the layers in network order, each once
     * @throws IllegalArgumentException if there is none, or one is no layer with an output of its own; the message is a
     *     sentence that names the nearest valid one
     */
    public static List<VggLayer> parse(String layers) {
        var chosen = EnumSet.noneOf(VggLayer.class);
        for (var word : layers.split(",", -1)) {
            chosen.add(one(word.strip()));
        }
        return List.copyOf(chosen);
    }

    private static VggLayer one(String word) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("A layer's name is missing in the list of layers, which is written as "
                    + "in conv1_2,conv2_2 or 3,8.");
        }
        if (word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return atIndex(word);
        }
        return VggLayer.byName(word).orElseThrow(() -> new IllegalArgumentException("VGG-16 has no layer '" + word
                + "': did you mean " + nearest(word).layerName() + "? The layers are " + all() + "."));
    }

    private static VggLayer atIndex(String word) {
        int index = word.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(word);
        if (index > LAST_INDEX) {
            throw new IllegalArgumentException("The article's Keras model has no layer " + word + ": its last is "
                    + LAST_INDEX + " (" + VggLayer.FC8.layerName() + ").");
        }
        return VggLayer.byKerasIndex(index).orElseThrow(() -> new IllegalArgumentException("Layer " + index
                + " of the article's Keras model is a " + auxiliary(index) + " layer without an output of its own: "
                + "ask for " + neighbours(index) + "."));
    }

    private static String auxiliary(int index) {
        if (index == FLATTEN_INDEX) {
            return "flatten";
        }
        return index > FLATTEN_INDEX ? "dropout" : "zero-padding";
    }

    private static String neighbours(int index) {
        var before = Arrays.stream(VggLayer.values()).filter(layer -> layer.kerasIndex() < index)
                .max(Comparator.naturalOrder());
        var after = Arrays.stream(VggLayer.values()).filter(layer -> layer.kerasIndex() > index)
                .min(Comparator.naturalOrder());
        return Arrays.asList(before, after).stream()
                .flatMap(Optional::stream)
                .map(layer -> layer.kerasIndex() + " (" + layer.layerName() + ")")
                .collect(Collectors.joining(" or "));
    }

    private static VggLayer nearest(String word) {
        // Keras' own names differ too much from the papers' for their letters to be compared.
        var name = word.toLowerCase(Locale.ROOT)
                .replaceFirst("^block(\\d)_conv", "conv$1_")
                .replaceFirst("^block(\\d)_pool", "pool$1");
        var distance = LevenshteinDistance.getDefaultInstance();
        return Arrays.stream(VggLayer.values())
                .min(Comparator.comparingInt(layer -> distance.apply(name, layer.layerName())))
                .orElseThrow();
    }

    private static String all() {
        return Arrays.stream(VggLayer.values()).map(VggLayer::layerName).collect(Collectors.joining(", "));
    }
}

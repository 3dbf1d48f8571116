package org.chromaprep.vgg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.chromaprep.vgg.VggLayer.Kind;

/**
 * A network of the VGG family as a table: how many convolutions of how many channels each block has. Everything else follows: names,
 * sizes, the layers' places in Keras' model, their names in weights files.
 */
public final class Network {
    private static final int COLOURS = 3;
    private static final int DENSE_CHANNELS = 4096;
    private static final int CLASSES = 1000;

    /**
     * Convolutions of equal width, and the pooling behind them.
     *
     * @param convolutions how many
     * @param channels of each
     */
    record Block(int convolutions, int channels) {}

    private final String optionName;
    private final String title;
    private final List<VggLayer> layers;

    /**
     * @param optionName in options and files
     * @param title in sentences
     */
    Network(String optionName, String title, List<Block> blocks) {
        this.optionName = optionName;
        this.title = title;
        this.layers = layers(blocks);
    }

    private static List<VggLayer> layers(List<Block> blocks) {
        var made = new ArrayList<VggLayer>();
        var all = Collections.unmodifiableList(made);
        var channels = COLOURS;
        var scale = 1;
        // The article's model has a layer of zero padding before each
        // convolution, and one of dropout behind fc6 and fc7.
        var keras = 0;
        for (var block = 1; block <= blocks.size(); block++) {
            var width = blocks.get(block - 1).channels();
            for (var number = 1; number <= blocks.get(block - 1).convolutions(); number++) {
                made.add(new VggLayer(
                        all,
                        made.size(),
                        "conv" + block + "_" + number,
                        Kind.CONVOLUTION,
                        keras + 1,
                        channels,
                        width,
                        scale,
                        true));
                keras += 2;
                channels = width;
            }
            scale *= 2;
            made.add(new VggLayer(
                    all, made.size(), "pool" + block, Kind.POOLING, keras++, channels, channels, scale, true));
        }
        var side = VggLayer.DENSE_INPUT_SIZE / scale;
        var inputs = side * side * channels;
        for (var number = 6; number <= 8; number++) {
            var outputs = number == 8 ? CLASSES : DENSE_CHANNELS;
            made.add(new VggLayer(
                    all, made.size(), "fc" + number, Kind.DENSE, keras + 1, inputs, outputs, 0, number < 8));
            keras += 2;
            inputs = outputs;
        }
        return all;
    }

    /** The name in options and files, as in {@code vgg16}. */
    public String optionName() {
        return optionName;
    }

    /** The name in sentences, as in VGG-16. */
    public String title() {
        return title;
    }

    /** All layers whose outputs can be asked for, in network order. */
    public List<VggLayer> layers() {
        return layers;
    }

    /** The layer of that name, if it is one. */
    public Optional<VggLayer> byName(String name) {
        return first(layer -> layer.layerName().equals(name));
    }

    /** The layer at that place of the article's Keras model, if one with an output of its own is there. */
    public Optional<VggLayer> byKerasIndex(int index) {
        return first(layer -> layer.kerasIndex() == index);
    }

    /** The prediction: the last of all. */
    public VggLayer last() {
        return layers.get(layers.size() - 1);
    }

    private Optional<VggLayer> first(Predicate<VggLayer> condition) {
        return layers.stream().filter(condition).findFirst();
    }

    @Override
    public String toString() {
        return title;
    }
}

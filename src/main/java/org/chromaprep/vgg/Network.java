package org.chromaprep.vgg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.chromaprep.vgg.VggLayer.Kind;

/**
 * A network of the VGG family as a table: how many convolutions of how many channels each block has. Everything else follows: names,
 * sizes, the layers' places in Keras' model, their names in weights files.
 */
public final class Network {
    private static final int COLOURS = 3;
    private static final int DENSE_CHANNELS = 4096;
    private static final int CLASSES = 1000;
    private static final int SIDE = 3;
    private static final String CONVOLVED = "conv";

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
    private final List<VggLayer> convolved;

    /**
     * @param optionName in options and files
     * @param title in sentences
     */
    Network(String optionName, String title, List<Block> blocks) {
        this.optionName = optionName;
        this.title = title;
        this.layers = layers(blocks);
        this.convolved = convolved(layers);
    }

    private static List<VggLayer> layers(List<Block> blocks) {
        var made = new ArrayList<VggLayer>();
        var channels = COLOURS;
        var scale = 1;
        // The article's model has a layer of zero padding before each
        // convolution, and one of dropout behind fc6 and fc7.
        var keras = 0;
        for (var block = 1; block <= blocks.size(); block++) {
            var width = blocks.get(block - 1).channels();
            for (var number = 1; number <= blocks.get(block - 1).convolutions(); number++) {
                made.add(new VggLayer(
                        made,
                        made.size(),
                        "conv" + block + "_" + number,
                        Kind.CONVOLUTION,
                        keras + 1,
                        SIDE,
                        channels,
                        width,
                        scale,
                        true,
                        Optional.empty()));
                keras += 2;
                channels = width;
            }
            scale *= 2;
            made.add(new VggLayer(
                    made,
                    made.size(),
                    "pool" + block,
                    Kind.POOLING,
                    keras++,
                    0,
                    channels,
                    channels,
                    scale,
                    true,
                    Optional.empty()));
        }
        var side = VggLayer.DENSE_INPUT_SIZE / scale;
        var inputs = side * side * channels;
        for (var number = 6; number <= 8; number++) {
            var outputs = number == 8 ? CLASSES : DENSE_CHANNELS;
            made.add(new VggLayer(
                    made,
                    made.size(),
                    "fc" + number,
                    Kind.DENSE,
                    keras + 1,
                    0,
                    inputs,
                    outputs,
                    0,
                    number < 8,
                    Optional.empty()));
            keras += 2;
            inputs = outputs;
        }
        return List.copyOf(made);
    }

    // A kernel of a fully connected layer, given in height, width, channel order, is that of a convolution whose side
    // is
    // the map's.
    private static List<VggLayer> convolved(List<VggLayer> layers) {
        var dense = layers.stream()
                .filter(layer -> layer.kind() == Kind.DENSE && layer.isRectified())
                .toList();
        var chain = new ArrayList<>(dense.get(0).upToHere());
        chain.remove(dense.get(0));
        var convolved = new ArrayList<VggLayer>();
        for (var layer : dense) {
            var from = chain.get(chain.size() - 1);
            var side = from.mapSize(VggLayer.DENSE_INPUT_SIZE);
            var made = new VggLayer(
                    chain,
                    layers.size() + convolved.size(),
                    layer.layerName() + CONVOLVED,
                    Kind.CONVOLUTION,
                    layer.kerasIndex(),
                    convolved.isEmpty() ? side : 1,
                    from.channels(),
                    layer.channels(),
                    VggLayer.DENSE_INPUT_SIZE / side,
                    true,
                    Optional.of(layer));
            convolved.add(made);
            chain.add(made);
        }
        return List.copyOf(convolved);
    }

    /** The name in options and files, as in {@code vgg16}. */
    public String optionName() {
        return optionName;
    }

    /** The name in sentences, as in VGG-16. */
    public String title() {
        return title;
    }

    /** The layers of the published network, in its order. */
    public List<VggLayer> layers() {
        return layers;
    }

    /**
     * fc6 and fc7 as convolutions, {@code fc6conv} and {@code fc7conv}, behind the last pooling layer: their outputs for every place
     * of its map, of any input size. fc6's kernel lies with its middle over each place, zeros count where it reaches beyond the map
     * (three around it), so that at the middle of a 224x224 input's map its output is fc6's.
     *
     * <p>Source: G. Larsson et al., "Learning Representations for Automatic Colorization", whose published network has them so
     * (kernel 7, padding 3, stride 1; then kernel 1).
     */
    public List<VggLayer> convolved() {
        return convolved;
    }

    /** All layers whose outputs can be asked for: {@link #layers()}, then {@link #convolved()}. */
    public List<VggLayer> all() {
        return Stream.concat(layers.stream(), convolved.stream()).toList();
    }

    /** The layer of that name, if it is one that can be asked for. */
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
        return all().stream().filter(condition).findFirst();
    }

    @Override
    public String toString() {
        return title;
    }
}

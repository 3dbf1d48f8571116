package org.chromaprep.vgg;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One layer of a network of the VGG family whose output can be asked for. Layers are made by a {@link Network}'s table alone, are
 * compared by their places in it, and are equal only to themselves.
 */
public final class VggLayer implements Comparable<VggLayer> {
    /** What a layer computes. */
    public enum Kind {
        /**
         * Cross-correlation with a square kernel of odd side, stride 1 and zeros around the map, so that its size stays, then bias
         * and ReLU. The side is 3 but in fully connected layers that are computed as convolutions.
         */
        CONVOLUTION,
        /** 2x2 maximum with stride 2; an odd last row or column is left out. */
        POOLING,
        /**
         * A matrix product over the whole map before it, flattened in height, width, channel order; all but the last with
         * ReLU (the last one's softmax is the network's prediction).
         */
        DENSE
    }

    /** The network's only input size that fully connected layers fit: both sides, in pixels. */
    public static final int DENSE_INPUT_SIZE = 224;

    private final List<VggLayer> before;
    private final int place;
    private final String layerName;
    private final Kind kind;
    private final int kerasIndex;
    private final int side;
    private final int inputChannels;
    private final int channels;
    private final int scale;
    private final boolean rectified;
    private final Optional<VggLayer> numbers;

    /**
     * @param before what must be computed for it, in order
     * @param place among the network's layers
     * @param side rows and columns of a convolution's kernel
     * @param scale pixels of the network's input along one pixel of the map; 0 for fully connected layers
     * @param numbers the layer whose kernel and bias it has; empty for its own
     */
    VggLayer(
            List<VggLayer> before,
            int place,
            String layerName,
            Kind kind,
            int kerasIndex,
            int side,
            int inputChannels,
            int channels,
            int scale,
            boolean rectified,
            Optional<VggLayer> numbers) {
        this.before = List.copyOf(before);
        this.place = place;
        this.layerName = layerName;
        this.kind = kind;
        this.kerasIndex = kerasIndex;
        this.side = side;
        this.inputChannels = inputChannels;
        this.channels = channels;
        this.scale = scale;
        this.rectified = rectified;
        this.numbers = numbers;
    }

    /** The layer's name in the papers and in our files, as in {@code conv1_2}. */
    public String layerName() {
        return layerName;
    }

    /** The layer's 0-based place among those of its network that can be asked for. */
    public int place() {
        return place;
    }

    /** What the layer computes. */
    public Kind kind() {
        return kind;
    }

    /** The 0-based place, in a sequential Keras model as the article writes it, of {@link #numbers()}. */
    public int kerasIndex() {
        return kerasIndex;
    }

    /** Channels of the layer's input; for fc6 the 7x7x512 numbers of the flattened pool5. */
    public int inputChannels() {
        return inputChannels;
    }

    /** Channels of the layer's feature map. */
    public int channels() {
        return channels;
    }

    /** Rows and columns of a convolution's kernel, which has {@code (side - 1) / 2} zeros on each side of the map. */
    public int side() {
        return side;
    }

    /** The layer whose kernel and bias this one computes with: itself, or the fully connected one that it is the convolution of. */
    public VggLayer numbers() {
        return numbers.orElse(this);
    }

    /** Whether the output has gone through a ReLU, so that it holds no negative number: all but the prediction's. */
    public boolean isRectified() {
        return rectified;
    }

    /** Whether the layer has a kernel and a bias. */
    public boolean hasWeights() {
        return kind != Kind.POOLING;
    }

    /** Numbers in the layer's kernel; 0 for pooling. */
    public int kernelLength() {
        return switch (kind) {
            case CONVOLUTION -> side * side * inputChannels * channels;
            case DENSE -> inputChannels * channels;
            case POOLING -> 0;
        };
    }

    /**
     * The feature map's height (or width) for a network input of that height (or width).
     *
     * @param inputSize pixels along one side of the network's input, at least 32
     * @return the map's pixels along that side; 1 for fully connected layers
     */
    public int mapSize(int inputSize) {
        return scale == 0 ? 1 : inputSize / scale;
    }

    /** The layers from the first up to this one, this one included: what must be computed for it, each of the one before. */
    public List<VggLayer> upToHere() {
        return Stream.concat(before.stream(), Stream.of(this)).toList();
    }

    /** By their places; layers of different networks have no order. */
    @Override
    public int compareTo(VggLayer other) {
        return Integer.compare(place, other.place);
    }

    @Override
    public String toString() {
        return layerName;
    }
}

package org.chromaprep.vgg;

import java.util.List;

/**
 * One layer of a network of the VGG family whose output can be asked for. Layers are made by a {@link Network}'s table alone, are
 * compared by their places in it, and are equal only to themselves.
 */
public final class VggLayer implements Comparable<VggLayer> {
    /** What a layer computes. */
    public enum Kind {
        /** 3x3 cross-correlation with zero padding of one pixel, bias and ReLU. */
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

    private final List<VggLayer> network;
    private final int place;
    private final String layerName;
    private final Kind kind;
    private final int kerasIndex;
    private final int inputChannels;
    private final int channels;
    private final int scale;
    private final boolean rectified;

    /**
     * @param network all layers of the network, of which this becomes one
     * @param place its place there
     * @param scale pixels of the network's input along one pixel of the map; 0 for fully connected layers
     */
    VggLayer(
            List<VggLayer> network,
            int place,
            String layerName,
            Kind kind,
            int kerasIndex,
            int inputChannels,
            int channels,
            int scale,
            boolean rectified) {
        this.network = network;
        this.place = place;
        this.layerName = layerName;
        this.kind = kind;
        this.kerasIndex = kerasIndex;
        this.inputChannels = inputChannels;
        this.channels = channels;
        this.scale = scale;
        this.rectified = rectified;
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

    /** The layer's 0-based place in a sequential Keras model as the article writes it. */
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
            case CONVOLUTION -> 3 * 3 * inputChannels * channels;
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

    /** The layers from the first up to this one, this one included: what must be computed for it. */
    public List<VggLayer> upToHere() {
        return network.subList(0, place + 1);
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

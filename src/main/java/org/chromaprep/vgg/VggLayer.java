package org.chromaprep.vgg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The layers of VGG-16 whose outputs can be asked for, in network order.
 *
 * <p>Source: K. Simonyan and A. Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
 * table 1, configuration D. The Keras indices are those of the sequential model of the article "Convolutional
 * hypercolumns in Python" (C. Perone), which counts zero-padding and dropout layers too.
 */
public enum VggLayer {
    CONV1_1("conv1_1", Kind.CONVOLUTION, 1, 3, 64, 1),
    CONV1_2("conv1_2", Kind.CONVOLUTION, 3, 64, 64, 1),
    POOL1("pool1", Kind.POOLING, 4, 64, 64, 2),
    CONV2_1("conv2_1", Kind.CONVOLUTION, 6, 64, 128, 2),
    CONV2_2("conv2_2", Kind.CONVOLUTION, 8, 128, 128, 2),
    POOL2("pool2", Kind.POOLING, 9, 128, 128, 4),
    CONV3_1("conv3_1", Kind.CONVOLUTION, 11, 128, 256, 4),
    CONV3_2("conv3_2", Kind.CONVOLUTION, 13, 256, 256, 4),
    CONV3_3("conv3_3", Kind.CONVOLUTION, 15, 256, 256, 4),
    POOL3("pool3", Kind.POOLING, 16, 256, 256, 8),
    CONV4_1("conv4_1", Kind.CONVOLUTION, 18, 256, 512, 8),
    CONV4_2("conv4_2", Kind.CONVOLUTION, 20, 512, 512, 8),
    CONV4_3("conv4_3", Kind.CONVOLUTION, 22, 512, 512, 8),
    POOL4("pool4", Kind.POOLING, 23, 512, 512, 16),
    CONV5_1("conv5_1", Kind.CONVOLUTION, 25, 512, 512, 16),
    CONV5_2("conv5_2", Kind.CONVOLUTION, 27, 512, 512, 16),
    CONV5_3("conv5_3", Kind.CONVOLUTION, 29, 512, 512, 16),
    POOL5("pool5", Kind.POOLING, 30, 512, 512, 32),
    FC6("fc6", Kind.DENSE, 32, 25088, 4096, 0),
    FC7("fc7", Kind.DENSE, 34, 4096, 4096, 0),
    FC8("fc8", Kind.DENSE, 36, 4096, 1000, 0);

    /** What a layer computes. */
    public enum Kind {
        /** 3x3 cross-correlation with zero padding of one pixel, bias and ReLU. */
        CONVOLUTION,
        /** 2x2 maximum with stride 2; an odd last row or column is left out. */
        POOLING,
        /**
         * A matrix product over the whole map before it, flattened in height, width, channel order; fc6 and fc7 with
         * ReLU, fc8 without (its softmax is the network's prediction).
         */
        DENSE
    }

    /** The network's only input size that fully connected layers fit: both sides, in pixels. */
    public static final int DENSE_INPUT_SIZE = 224;

    private static final List<VggLayer> ALL = List.of(values());

    private final String layerName;
    private final Kind kind;
    private final int kerasIndex;
    private final int inputChannels;
    private final int channels;
    private final int scale;

    VggLayer(String layerName, Kind kind, int kerasIndex, int inputChannels, int channels, int scale) {
        this.layerName = layerName;
        this.kind = kind;
        this.kerasIndex = kerasIndex;
        this.inputChannels = inputChannels;
        this.channels = channels;
        this.scale = scale;
    }

    /** The layer's name in the papers and in our files, as in {@code conv1_2}. */
    public String layerName() {
        return layerName;
    }

    /** What the layer computes. */
    public Kind kind() {
        return kind;
    }

    /** The layer's 0-based place in the article's sequential Keras model. */
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

    /** Whether the output has gone through a ReLU, so that it holds no negative number: all but fc8's. */
    public boolean isRectified() {
        return this != FC8;
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
        return ALL.subList(0, ordinal() + 1);
    }

    /** The layer of that name, if it is one. */
    public static Optional<VggLayer> byName(String name) {
        return Arrays.stream(values()).filter(layer -> layer.layerName.equals(name)).findFirst();
    }

    /** The layer at that place of the article's Keras model, if one with an output of its own is there. */
    public static Optional<VggLayer> byKerasIndex(int index) {
        return Arrays.stream(values()).filter(layer -> layer.kerasIndex == index).findFirst();
    }
}

package org.chromaprep.engine.winograd;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.chromaprep.engine.pytorch.ConvolutionShape;
import org.chromaprep.engine.pytorch.OneDnn;
import org.chromaprep.engine.pytorch.PackedConvolution;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/**
 * The network's first layer, directly convolved in bands of rows: with three channels there is nothing to gain by transforms.
 *
 * <p>Shared by all workers, which only read it; whoever made it closes it.
 */
final class FirstConvolution implements AutoCloseable {
    private static final int SIDE = 3;
    /** A band of the map stays in the cache until its rows have been taken over. */
    private static final int BAND_BYTES = 2 << 20;

    private final VggLayer layer;
    private final int height;
    private final int width;
    private final int bandRows;
    private final PackedConvolution convolution;

    /**
     * @param height rows of the network's input
     * @param width columns of the network's input
     */
    FirstConvolution(OneDnn oneDnn, VggLayer layer, VggWeights.LayerWeights weights, int height, int width) {
        this.layer = layer;
        this.height = height;
        this.width = width;
        this.bandRows = bandRows(height, width, layer.channels());
        var shape = new ConvolutionShape(
                1, layer.inputChannels(), layer.channels(), SIDE, bandRows + SIDE - 1, width, 0, 1, true);
        try (var kernel = new FloatPointer(outputsFirst(weights.kernel()))) {
            this.convolution = new PackedConvolution(oneDnn, shape, kernel, Optional.of(weights.bias()));
        }
    }

    private float[] outputsFirst(float[] hwio) {
        var outputs = layer.channels();
        var result = new float[hwio.length];
        for (var i = 0; i < hwio.length; i++) {
            var place = i / outputs / layer.inputChannels();
            var in = i / outputs % layer.inputChannels();
            result[(i % outputs * layer.inputChannels() + in) * SIDE * SIDE + place] = hwio[i];
        }
        return result;
    }

    VggLayer layer() {
        return layer;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** Rows of the map that are computed together. */
    int bandRows() {
        return bandRows;
    }

    /** As {@link #bandRows()}, of a map of so many rows and columns. */
    static int bandRows(int height, int width, int channels) {
        return Math.max(1, Math.min(height, BAND_BYTES / (width * channels * Float.BYTES)));
    }

    PackedConvolution convolution() {
        return convolution;
    }

    @Override
    public void close() {
        convolution.close();
    }
}

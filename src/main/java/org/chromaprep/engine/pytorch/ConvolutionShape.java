package org.chromaprep.engine.pytorch;

import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.vgg.VggLayer;

/**
 * What a {@link PackedConvolution} or a layer's {@link FusedConvolution} computes.
 *
 * @param groups parts of the channels that are convolved apart from each other; inputs and outputs are divided evenly
 * @param inputs channels of all groups together
 * @param outputs channels of all groups together
 * @param side rows and columns of the kernel
 * @param height rows of the input
 * @param width columns of the input
 * @param rowPadding rows of zeros that are added above, and as many below
 * @param columnPadding columns of zeros that are added on the left, and as many on the right
 * @param rectified whether a ReLU follows
 */
public record ConvolutionShape(
        int groups,
        int inputs,
        int outputs,
        int side,
        int height,
        int width,
        int rowPadding,
        int columnPadding,
        boolean rectified) {
    /** A layer's convolution for inputs of a plan's size. */
    static ConvolutionShape of(VggLayer layer, NetworkPlan plan) {
        var around = (layer.side() - 1) / 2;
        return new ConvolutionShape(
                1,
                layer.inputChannels(),
                layer.channels(),
                layer.side(),
                layer.mapSize(plan.height()),
                layer.mapSize(plan.width()),
                around,
                around,
                true);
    }

    /** How many numbers an input has. */
    long inputNumbers() {
        return (long) height * width * inputs;
    }

    /** How many numbers an output has. */
    long outputNumbers() {
        return (long) (height + 2 * rowPadding - side + 1) * (width + 2 * columnPadding - side + 1) * outputs;
    }
}

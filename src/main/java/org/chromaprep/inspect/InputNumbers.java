package org.chromaprep.inspect;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * The network's input after preprocessing.
 *
 * @param channels what it holds for R, G and B
 */
public record InputNumbers(List<Channel> channels) {
    private static final int CHANNELS = 3;

    /**
     * One channel of the input.
     *
     * @param name R, G or B
     * @param min its smallest number
     * @param max its greatest
     * @param mean of all
     */
    public record Channel(String name, double min, double max, double mean) {}

    static InputNumbers of(FloatBuffer input) {
        return new InputNumbers(List.of(channel("R", input, 0), channel("G", input, 1), channel("B", input, 2)));
    }

    private static Channel channel(String name, FloatBuffer input, int channel) {
        var min = Double.POSITIVE_INFINITY;
        var max = Double.NEGATIVE_INFINITY;
        var sum = 0.0;
        for (var i = channel; i < input.capacity(); i += CHANNELS) {
            min = Math.min(min, input.get(i));
            max = Math.max(max, input.get(i));
            sum += input.get(i);
        }
        return new Channel(name, min, max, sum / (input.capacity() / CHANNELS));
    }
}

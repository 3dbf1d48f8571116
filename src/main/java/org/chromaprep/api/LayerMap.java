package org.chromaprep.api;

/**
 * One layer's feature map: a copy that belongs to the caller.
 *
 * @param layer its name, as in {@code conv1_2}
 * @param height rows, at the layer's own resolution
 * @param width columns
 * @param channels features of a position
 * @param values {@code height x width x channels} numbers, the channel running fastest
 */
public record LayerMap(String layer, int height, int width, int channels, float[] values) {
    /** The number of a channel at a row and a column. */
    public float at(int row, int column, int channel) {
        return values[(row * width + column) * channels + channel];
    }
}

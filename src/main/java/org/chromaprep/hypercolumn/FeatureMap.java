package org.chromaprep.hypercolumn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * One layer's output after its ReLU, at its own (native) resolution, in memory outside the Java heap.
 *
 * <p>The numbers lie in height, width, channel order: {@code values.get((y * width + x) * channels + c)}. Whoever
 * allocated the map owns its memory; a map from {@link #allocate} is freed by the garbage collector with its buffer.
 * A map is not synchronised: one thread writes it, and others read it only after a hand-over.
 *
 * @param layer the layer's name, as in {@code conv1_2}
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels features a pixel, at least 1
 * @param values a direct buffer in native byte order, from position 0 at least {@code height * width * channels} numbers
 */
public record FeatureMap(String layer, int height, int width, int channels, FloatBuffer values) {
    private static final int CACHE_LINE = 64;

    /**
     * @throws IllegalArgumentException if a dimension is below 1, or the buffer is not direct, not in native byte order or
     *     too short
     */
    public FeatureMap {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException("Feature map " + layer + " needs dimensions of at least 1, not " + height
                    + "x" + width + "x" + channels + ".");
        }
        if (!values.isDirect()
                || values.order() != ByteOrder.nativeOrder()
                || values.capacity() < (long) height * width * channels) {
            throw new IllegalArgumentException(
                    "Feature map " + layer + " needs a direct buffer in native byte order of "
                            + (long) height * width * channels + " numbers.");
        }
    }

    /**
     * A map of zeros, aligned to cache lines.
     *
     * @throws IllegalArgumentException if a dimension is below 1 or the map would exceed 2 GiB
     */
    public static FeatureMap allocate(String layer, int height, int width, int channels) {
        var bytes = (long) height * width * channels * Float.BYTES;
        if (bytes > Integer.MAX_VALUE - 2 * CACHE_LINE) {
            throw new IllegalArgumentException("Feature map " + layer + " of " + height + "x" + width + "x" + channels
                    + " numbers would exceed 2 GiB; choose a smaller network input.");
        }
        // An aligned slice begins and ends at a cache line, so whole lines are asked for, and one to align with.
        var lines = (int) ((Math.max(bytes, 0) + CACHE_LINE - 1) / CACHE_LINE);
        var buffer = ByteBuffer.allocateDirect((lines + 1) * CACHE_LINE)
                .alignedSlice(CACHE_LINE)
                .order(ByteOrder.nativeOrder());
        return new FeatureMap(layer, height, width, channels, buffer.asFloatBuffer());
    }

    /** Positions of the map: {@code height * width}. */
    public int positions() {
        return height * width;
    }
}

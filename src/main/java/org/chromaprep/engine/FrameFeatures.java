package org.chromaprep.engine;

import java.nio.ByteBuffer;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.npy.Float16;
import org.chromaprep.vgg.VggLayer;

/**
 * One frame's feature maps, where the engine keeps them: memory that a ring slot owns and every frame in that slot reuses.
 *
 * <p>Made by {@link Engine#newFrameFeatures}; the caller closes it, before the engine. Written by one
 * {@link ForwardWorker} at a time and read only after a hand-over between threads.
 */
public interface FrameFeatures extends AutoCloseable {
    /** The frame's hypercolumns over the requested layers, on the grid given at creation. Valid until the next forward. */
    HypercolumnMatrix matrix();

    /**
     * A requested layer's map in host memory, valid until the next forward. May copy from a device at each call.
     *
     * @throws IllegalArgumentException if the layer was not requested of the engine
     */
    FeatureMap map(VggLayer layer);

    /**
     * Tells, before a forward writes the maps, of which pixels {@link #gatherHalves} will be asked after it, so that a device
     * may send them together with the rest. Nothing else depends on it. Holds until it is called again.
     *
     * @param pixels pixel numbers of the matrix's grid; copied where they are needed
     */
    default void expect(int[] pixels) {}

    /**
     * Hypercolumns of chosen pixels, rounded to half precision as {@link Float16} does it.
     *
     * @param pixels pixel numbers of the matrix's grid
     * @param into receives {@code pixels.length} rows of {@code matrix().features()} numbers, little-endian, from its position
     *     on, which moves behind them
     * @return how many numbers were too large and became the largest half
     * @throws IndexOutOfBoundsException if a pixel lies outside the grid
     */
    default long gatherHalves(int[] pixels, ByteBuffer into) {
        return HostHalves.gather(matrix(), pixels, into);
    }

    /**
     * A requested layer's map, rounded to half precision as {@link Float16} does it.
     *
     * @param into receives height x width x channels numbers, little-endian, from its position on, which moves behind them
     * @return how many numbers were too large and became the largest half
     * @throws IllegalArgumentException if the layer was not requested of the engine
     */
    default long mapHalves(VggLayer layer, ByteBuffer into) {
        var map = map(layer);
        return Float16.fromFloats(map.values(), 0, into, map.positions() * map.channels());
    }

    @Override
    void close();
}

package org.chromaprep.engine;

import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
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

    @Override
    void close();
}

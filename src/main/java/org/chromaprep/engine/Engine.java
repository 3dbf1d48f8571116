package org.chromaprep.engine;

import org.chromaprep.hypercolumn.Grid;

/**
 * VGG-16 with its weights, cut after the deepest requested layer, ready to run in one or more workers.
 *
 * <p>Owns the native copies of the weights, which all workers share; whoever created the engine closes it, after its
 * workers and frame features.
 */
public interface Engine extends AutoCloseable {
    /** What computes, where and how. */
    EngineDescription description();

    /** What is computed. */
    NetworkPlan plan();

    /** Frames that a worker computes together at most: 1 where nothing is gained by more. */
    default int batch() {
        return 1;
    }

    /**
     * Memory for one frame's maps and the matrix over them.
     *
     * @param grid the pixel grid of the hypercolumns; it may differ from the network's input size
     * @throws EngineException if memory runs out
     */
    FrameFeatures newFrameFeatures(Grid grid);

    /**
     * Scratch memory for one thread.
     *
     * @throws EngineException if memory runs out
     */
    ForwardWorker newWorker();

    @Override
    void close();
}

package org.chromaprep.engine.pytorch;

import org.bytedeco.pytorch.Tensor;

/**
 * One layer ready to run, with its weights where it computes. Shared by all workers, which only read it; the engine that
 * made it closes it.
 */
interface LayerOperation extends AutoCloseable {
    /**
     * Computes the layer's map, ReLU included.
     *
     * @param from frames x channels x height x width in channels-last order, on the engine's device and in its precision
     * @return a new tensor of the same kind, frames x channels x 1 x 1 for fully connected layers; the caller closes it early
     *     or leaves it to the calling thread's innermost {@link org.bytedeco.javacpp.PointerScope}, which must be open
     */
    Tensor apply(Tensor from);

    @Override
    void close();
}

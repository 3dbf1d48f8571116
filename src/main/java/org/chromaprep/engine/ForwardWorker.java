package org.chromaprep.engine;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The scratch memory of one thread that runs the network. Made by {@link Engine#newWorker}; the caller closes it, before
 * the engine. Used by one thread at a time; different workers of one engine may run at the same time.
 */
public interface ForwardWorker extends AutoCloseable {
    /**
     * Runs the network on one frame.
     *
     * @param input the preprocessed network input in native byte order, height x width x 3 in R, G, B order, read from
     *     index 0 whatever the buffer's position
     * @param output receives every requested layer's map; made by the same engine
     * @throws EngineException if the native library fails or memory runs out
     */
    void forward(FloatBuffer input, FrameFeatures output);

    /**
     * Runs the network on several frames, together where that is faster.
     *
     * @param inputs up to {@link Engine#batch} of them, each as in {@link #forward(FloatBuffer, FrameFeatures)}
     * @param outputs as many, in the same order
     * @throws EngineException if the native library fails or memory runs out
     * @throws IllegalArgumentException if there are more inputs than that, or not as many outputs
     */
    default void forward(List<FloatBuffer> inputs, List<FrameFeatures> outputs) {
        for (var i = 0; i < inputs.size(); i++) {
            forward(inputs.get(i), outputs.get(i));
        }
    }

    /**
     * Lets forwards end early, with maps that hold anything, once nobody wants what they give: a large frame takes many seconds. Where
     * an engine is quick, it may end them in its own time.
     *
     * @param unwanted asked between two layers, on the thread that runs the forward
     */
    default void abandonWhen(BooleanSupplier unwanted) {}

    @Override
    void close();
}

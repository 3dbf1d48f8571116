package org.chromaprep.api;

import java.nio.FloatBuffer;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkInput;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.natives.OpenState;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;

/**
 * The feature maps and hypercolumns of grey pictures that a program has itself, one picture after another. What it gives is not copied
 * and belongs to the picture at hand. Owns native memory: whoever made it closes it, before its {@link ChromaPrep} or engine. One
 * thread at a time; several threads make one each.
 */
public final class PictureMaps implements AutoCloseable {
    private final OpenState state = new OpenState("These picture maps");
    private final Preprocessing preprocessing;
    private final FloatBuffer input;
    private final ForwardWorker worker;
    private final FrameFeatures features;

    /**
     * Memory for one picture.
     *
     * @param engine runs the network; stays the caller's
     * @param grid the network's input size and the grid of the hypercolumns
     * @param preprocessing of grey values
     * @throws EngineException if memory runs out
     */
    public PictureMaps(Engine engine, Grid grid, Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        input = NetworkInput.allocate(grid.pixels());
        worker = engine.newWorker();
        try {
            features = engine.newFrameFeatures(grid);
        } catch (RuntimeException | Error failure) {
            worker.close();
            throw failure;
        }
    }

    /**
     * Runs the network on a picture, which is then the one at hand.
     *
     * @param luma grey values 0..255 (unsigned) of the grid, row by row
     * @throws EngineException if the network fails or memory runs out
     * @throws IllegalStateException if this, or what it was made of, was closed
     */
    public void compute(byte[] luma) {
        state.check();
        preprocessing.fromLuma(luma, input);
        worker.forward(input, features);
    }

    /** The network's input: three numbers a pixel of the grid, R, G, B; it cannot be written to. */
    public FloatBuffer input() {
        state.check();
        return input.asReadOnlyBuffer();
    }

    /** The hypercolumns over all layers. */
    public HypercolumnMatrix hypercolumns() {
        state.check();
        return features.matrix();
    }

    /**
     * A layer's map.
     *
     * @throws IllegalArgumentException if the layer was not asked for
     */
    public FeatureMap map(VggLayer layer) {
        state.check();
        return features.map(layer);
    }

    @Override
    public void close() {
        if (state.close()) {
            features.close();
            worker.close();
        }
    }
}

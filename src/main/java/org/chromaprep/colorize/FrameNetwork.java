package org.chromaprep.colorize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Preprocessing;

/** Runs the network on single frames, outside the ring. Whoever makes one closes it, before the engine. One thread at a time. */
final class FrameNetwork implements AutoCloseable {
    private static final int CHANNELS = 3;

    private final Engine engine;
    private final ForwardWorker worker;
    private final Preprocessing preprocessing;
    private final Grid grid;
    private final FloatBuffer input;

    /** @param engine stays the caller's; its input size is the grid's */
    FrameNetwork(Engine engine, Preprocessing preprocessing, Grid grid) {
        this.engine = engine;
        this.preprocessing = preprocessing;
        this.grid = grid;
        worker = engine.newWorker();
        input = ByteBuffer.allocateDirect(grid.pixels() * CHANNELS * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * A frame's maps.
     *
     * @param luma grey values, 0 to 255, row by row
     * @return the caller closes them
     */
    FrameFeatures forward(byte[] luma) {
        var features = engine.newFrameFeatures(grid);
        var done = false;
        try {
            preprocessing.fromLuma(luma, input);
            worker.forward(input, features);
            done = true;
            return features;
        } finally {
            if (!done) {
                features.close();
            }
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}

package org.chromaprep.engine;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.hypercolumn.Grid;

/** Computes as another engine does, and does something before each forward. Closes the other engine. */
public final class InterposedEngine implements Engine {
    /** What is done before a forward. */
    public interface Before {
        /**
         * @param frame counts the worker's forwards, from 0
         * @param workers how many there are just now
         */
        void forward(int frame, int workers);

        /**
         * The same before several frames are computed together.
         *
         * @param frames how many
         */
        default void forwardTogether(int frames) {
            throw new AssertionError(frames + " frames were computed together.");
        }
    }

    private final Engine engine;
    private final Before before;
    private final AtomicInteger workers = new AtomicInteger();

    public InterposedEngine(Engine engine, Before before) {
        this.engine = engine;
        this.before = before;
    }

    @Override
    public EngineDescription description() {
        return engine.description();
    }

    @Override
    public NetworkPlan plan() {
        return engine.plan();
    }

    @Override
    public int batch() {
        return engine.batch();
    }

    @Override
    public FrameFeatures newFrameFeatures(Grid grid) {
        return engine.newFrameFeatures(grid);
    }

    @Override
    public ForwardWorker newWorker() {
        workers.incrementAndGet();
        var worker = engine.newWorker();
        return new ForwardWorker() {
            private int frames;

            @Override
            public void forward(FloatBuffer input, FrameFeatures output) {
                before.forward(frames++, workers.get());
                worker.forward(input, output);
            }

            @Override
            public void forward(List<FloatBuffer> inputs, List<FrameFeatures> outputs) {
                before.forwardTogether(inputs.size());
                worker.forward(inputs, outputs);
            }

            @Override
            public void close() {
                workers.decrementAndGet();
                worker.close();
            }
        };
    }

    @Override
    public void close() {
        engine.close();
    }
}

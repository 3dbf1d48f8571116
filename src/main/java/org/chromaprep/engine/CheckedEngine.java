package org.chromaprep.engine;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.natives.OpenState;

/**
 * An engine whose use after its end, or that of its workers and features, is an {@link IllegalStateException}: behind it lies native
 * memory, where a mistake would be a crash or numbers of another frame. A second {@code close} does nothing.
 */
final class CheckedEngine implements Engine {
    private final Engine engine;
    private final OpenState state = new OpenState("The engine");

    /** @param engine closed with this one */
    CheckedEngine(Engine engine) {
        this.engine = engine;
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
        state.check();
        return new CheckedFeatures(engine.newFrameFeatures(grid), state);
    }

    @Override
    public ForwardWorker newWorker() {
        state.check();
        return new Worker(engine.newWorker(), state);
    }

    @Override
    public void close() {
        if (state.close()) {
            engine.close();
        }
    }

    private static final class Worker implements ForwardWorker {
        private final ForwardWorker worker;
        private final OpenState engine;
        private final OpenState state = new OpenState("The worker");

        Worker(ForwardWorker worker, OpenState engine) {
            this.worker = worker;
            this.engine = engine;
        }

        @Override
        public void forward(FloatBuffer input, FrameFeatures output) {
            check();
            worker.forward(input, CheckedFeatures.opened(output));
        }

        @Override
        public void forward(List<FloatBuffer> inputs, List<FrameFeatures> outputs) {
            check();
            worker.forward(inputs, outputs.stream().map(CheckedFeatures::opened).toList());
        }

        @Override
        public void abandonWhen(BooleanSupplier unwanted) {
            check();
            worker.abandonWhen(unwanted);
        }

        private void check() {
            engine.check();
            state.check();
        }

        @Override
        public void close() {
            if (state.close()) {
                worker.close();
            }
        }
    }
}

package org.chromaprep.engine.pytorch;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.vgg.VggLayer;

/**
 * Runs the network layer by layer. A layer's map is freed as soon as the next one is computed, so the C library hands the
 * same warm memory out again for every frame.
 */
final class PytorchWorker implements ForwardWorker {
    private final Placement placement;
    private final Map<VggLayer, LayerOperation> operations;
    private final int threads;
    private final FeatureMap inputMap;
    private final Tensor input;
    private BooleanSupplier unwanted = () -> false;

    /**
     * @param operations in network order; shared with other workers, not closed here
     * @param threads threads of one forward
     */
    PytorchWorker(Placement placement, Map<VggLayer, LayerOperation> operations, int height, int width, int threads) {
        this.placement = placement;
        this.operations = operations;
        this.threads = threads;
        this.inputMap = FeatureMap.allocate("input", height, width, 3);
        this.input = Placement.over(inputMap);
    }

    @Override
    public void abandonWhen(BooleanSupplier question) {
        unwanted = question;
    }

    @Override
    public void forward(FloatBuffer frame, FrameFeatures output) {
        if (!(output instanceof PytorchFrameFeatures features)) {
            throw new IllegalArgumentException("Maps of the pytorch engine go to frame features that it made itself.");
        }
        inputMap.values().put(0, frame, 0, inputMap.positions() * inputMap.channels());
        // libtorch and OpenMP keep this number for each thread; a thread that never set it would take every core.
        torch.set_num_threads(threads);
        try {
            run(features);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new EngineException(
                    "The pytorch engine failed on " + placement.deviceName() + " (" + Natives.firstLine(e)
                            + "); choose a smaller `size`, fewer `workers` or another `engine`.",
                    e);
        }
    }

    @SuppressWarnings("try")
    private void run(PytorchFrameFeatures features) {
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true)) {
            var from = placement.place(input);
            for (var step : operations.entrySet()) {
                if (unwanted.getAsBoolean()) {
                    return;
                }
                var map = step.getValue().apply(from);
                features.receive(step.getKey(), map);
                from.close();
                from = map;
            }
        }
    }

    @Override
    public void close() {
        input.close();
    }
}

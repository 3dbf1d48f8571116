package org.chromaprep.engine.pytorch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.vgg.VggLayer;

/**
 * Runs the network on a device, in a stream of its own, on one frame or on a whole batch, and waits for nothing: whoever
 * reads the maps waits for them. Frames are uploaded from page-locked memory, all of a batch with one copy, while the batch
 * before is being computed; the numbers of the pixels that will be asked for go with them.
 *
 * <p>A batch that is not full is computed as if it were, so that a frame's maps do not depend on how many others came with
 * it: libraries choose other algorithms for other sizes.
 */
final class DeviceWorker implements ForwardWorker {
    private final DeviceContext context;
    private final Map<VggLayer, LayerOperation> operations;
    private final int batch;
    private final int threads;
    private final DeviceStream stream;
    private final List<DeviceUpload> uploads = new ArrayList<>();
    private int turn;

    /**
     * @param context not closed here
     * @param operations in network order; shared with other workers, not closed here
     * @param batch frames of a full batch, at least 1
     * @param threads of libtorch on the processor
     */
    DeviceWorker(DeviceContext context, Map<VggLayer, LayerOperation> operations, int batch, int threads) {
        this.context = context;
        this.operations = operations;
        this.batch = batch;
        this.threads = threads;
        try {
            stream = new DeviceStream(context.placement(), context.traffic(), false);
            uploads.add(new DeviceUpload(context, stream, batch));
            uploads.add(new DeviceUpload(context, stream, batch));
        } catch (RuntimeException | OutOfMemoryError e) {
            throw failure(e);
        }
    }

    @Override
    public void forward(FloatBuffer input, FrameFeatures output) {
        compute(List.of(input), List.of(output), 1);
    }

    @Override
    public void forward(List<FloatBuffer> inputs, List<FrameFeatures> outputs) {
        if (inputs.size() > batch || inputs.size() != outputs.size()) {
            throw new IllegalArgumentException("A batch takes up to " + batch + " inputs and as many outputs, not "
                    + inputs.size() + " and " + outputs.size() + ".");
        }
        compute(inputs, outputs, batch);
    }

    private void compute(List<FloatBuffer> inputs, List<FrameFeatures> outputs, int size) {
        var features = outputs.stream().map(DeviceWorker::own).toList();
        torch.set_num_threads(threads);
        try {
            var upload = uploads.get(turn++ % uploads.size());
            upload.write(
                    inputs, features.stream().map(DeviceFrameFeatures::frame).toList());
            stream.run(() -> run(upload, features, size));
        } catch (RuntimeException | OutOfMemoryError e) {
            throw failure(e);
        }
    }

    private static DeviceFrameFeatures own(FrameFeatures output) {
        if (output instanceof DeviceFrameFeatures features) {
            return features;
        }
        throw new IllegalArgumentException("Maps of the pytorch engine go to frame features that it made itself.");
    }

    private EngineException failure(Throwable e) {
        return new EngineException(
                "The pytorch engine failed on " + context.placement().deviceName() + " (" + Natives.firstLine(e)
                        + "); choose a smaller `batch` or `size`, or `device` cpu.",
                e);
    }

    private void run(DeviceUpload upload, List<DeviceFrameFeatures> outputs, int size) {
        upload.send();
        var from = context.placement().place(upload.inputs(size)).permute(0, 3, 1, 2);
        for (var step : operations.entrySet()) {
            var map = step.getValue().apply(from);
            for (var i = 0; i < outputs.size(); i++) {
                outputs.get(i).receive(step.getKey(), map.select(0, i));
            }
            from.close();
            from = map;
        }
        for (var i = 0; i < outputs.size(); i++) {
            outputs.get(i).frame().rewritten(upload.pixels(i));
            stream.record(outputs.get(i).frame().written());
        }
    }

    @Override
    public void close() {
        stream.await();
        uploads.forEach(DeviceUpload::close);
        stream.close();
    }
}

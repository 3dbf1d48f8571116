package org.chromaprep.engine.pytorch;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.vgg.VggLayer;

/**
 * Runs the network on a device, in a stream of its own, on one frame or on a whole batch. Frames are uploaded from
 * page-locked memory while the next one is written there, and nothing is waited for but the maps at the end.
 *
 * <p>A batch that is not full is computed as if it were, so that a frame's maps do not depend on how many others came with
 * it: libraries choose other algorithms for other sizes.
 */
final class DeviceWorker implements ForwardWorker {
    private final Placement placement;
    private final Map<VggLayer, LayerOperation> operations;
    private final int batch;
    private final int threads;
    private final int frameNumbers;
    private final DeviceStream stream;
    private final Tensor host;
    private final Tensor uploaded;
    private final FloatBuffer hostNumbers;

    /**
     * @param operations in network order; shared with other workers, not closed here
     * @param batch frames of a full batch, at least 1
     * @param threads of libtorch on the processor
     * @param traffic counts copies and waits
     */
    @SuppressWarnings("try")
    DeviceWorker(Placement placement, Map<VggLayer, LayerOperation> operations, NetworkPlan plan, int batch, int threads,
            DeviceTraffic traffic) {
        this.placement = placement;
        this.operations = operations;
        this.batch = batch;
        this.threads = threads;
        this.frameNumbers = plan.height() * plan.width() * 3;
        try (var scope = new PointerScope()) {
            var shape = new long[] {batch, plan.height(), plan.width(), 3};
            stream = new DeviceStream(placement, traffic, false);
            host = Placement.kept(new HostMemory(placement, traffic).allocate(ScalarType.Float, shape).zero_());
            uploaded = Placement.kept(torch.zeros(shape,
                    new TensorOptions(ScalarType.Float).device(new DeviceOptional(placement.torchDevice()))));
            hostNumbers = host.data_ptr_float().capacity(Math.multiplyExact(batch, frameNumbers)).asBuffer();
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
            stream.run(() -> run(inputs, features, size));
            stream.await();
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
        return new EngineException("The pytorch engine failed on " + placement.deviceName() + " (" + Natives.firstLine(e)
                + "); choose a smaller --batch or --size, or --device cpu.", e);
    }

    private void run(List<FloatBuffer> inputs, List<DeviceFrameFeatures> outputs, int size) {
        for (var i = 0; i < inputs.size(); i++) {
            hostNumbers.put(i * frameNumbers, inputs.get(i), 0, frameNumbers);
            stream.traffic().copied();
            uploaded.narrow(0, i, 1).copy_(host.narrow(0, i, 1), true);
        }
        var from = placement.place(uploaded.narrow(0, 0, size)).permute(0, 3, 1, 2);
        for (var step : operations.entrySet()) {
            var map = step.getValue().apply(from);
            for (var i = 0; i < outputs.size(); i++) {
                outputs.get(i).receive(step.getKey(), map.select(0, i));
            }
            from.close();
            from = map;
        }
    }

    @Override
    public void close() {
        stream.await();
        stream.close();
        uploaded.close();
        host.close();
    }
}

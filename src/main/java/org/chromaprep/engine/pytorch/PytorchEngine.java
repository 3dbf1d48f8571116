package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineDescription;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;

/**
 * VGG-16 by libtorch: on the processor in single precision or bf16, on a CUDA device in fp16 too.
 *
 * <p>On the processor, convolutions go through oneDNN's fused operation where libtorch has it. On a CUDA device frames are
 * computed in batches, the maps stay there, and so does all work on hypercolumns.
 */
public final class PytorchEngine implements Engine {
    /** The engine's name among the choices of {@code --engine}. */
    public static final String NAME = "pytorch";

    /** The system property that says whether a graphics card's work is recorded as graphs; it is unless this is {@code false}. */
    public static final String GRAPHS = "chromaprep.cuda.graphs";

    private final NetworkPlan plan;
    private final Placement placement;
    private final int threadsPerWorker;
    private final int batch;
    private final Optional<OneDnn> oneDnn;
    private final Optional<DeviceContext> device;
    private final Map<VggLayer, LayerOperation> operations = new TreeMap<>();

    /**
     * Loads libtorch and copies the weights to where it computes.
     *
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @param device where to compute
     * @param precision what to compute with; maps are delivered in single precision
     * @param threadsPerWorker threads of one forward on the processor, at least 1
     * @throws EngineException if libtorch cannot be loaded, does not compute in that precision there, or memory runs out
     * @throws IllegalArgumentException if a layer's weights are missing
     */
    public PytorchEngine(
            NetworkPlan plan, VggWeights weights, Device device, Precision precision, int threadsPerWorker) {
        this(plan, weights, device, precision, threadsPerWorker, OptionalInt.empty());
    }

    /**
     * As the other constructor, with a number of frames in one forward.
     *
     * @param batch at least 1; empty for what is best on the device
     */
    public PytorchEngine(
            NetworkPlan plan,
            VggWeights weights,
            Device device,
            Precision precision,
            int threadsPerWorker,
            OptionalInt batch) {
        this(
                plan,
                weights,
                new Placement(device, precision),
                device == Device.CUDA ? Optional.of(sequences()) : Optional.empty(),
                threadsPerWorker,
                batch.orElseGet(() -> device == Device.CUDA ? DeviceBatch.of(plan, Natives.cardBytes()) : 1));
    }

    /**
     * @param residence how sequences are done where maps stay where the network computes, on the processor too, so that it can
     *     be tested there; empty where maps go to host memory
     */
    PytorchEngine(
            NetworkPlan plan,
            VggWeights weights,
            Placement placement,
            Optional<DeviceSequences> residence,
            int threadsPerWorker,
            int batch) {
        var resident = residence.isPresent();
        this.plan = plan;
        this.placement = placement;
        this.threadsPerWorker = threadsPerWorker;
        this.batch = batch;
        Natives.load();
        Natives.demand(placement.device(), placement.precision());
        if (resident) {
            Natives.demandExactness();
        }
        this.oneDnn = resident ? Optional.empty() : OneDnn.open(placement);
        this.device = residence.map(sequences -> new DeviceContext(placement, plan, sequences));
        if (!resident && placement.precision() == Precision.BF16 && oneDnn.isEmpty()) {
            close();
            throw new EngineException(
                    "The pytorch engine has no fast bf16 on this processor; choose `precision` fp32.");
        }
        try {
            loadAll(weights);
        } catch (OutOfMemoryError | RuntimeException e) {
            close();
            if (e instanceof IllegalArgumentException missing) {
                throw missing;
            }
            throw new EngineException(
                    "The network's weights do not fit into memory (" + e.getMessage()
                            + "); free memory or leave out the fully connected layers.",
                    e);
        }
    }

    /** As graphs, unless somebody whose driver cannot do that says so. */
    private static DeviceSequences sequences() {
        return Boolean.parseBoolean(System.getProperty(GRAPHS, "true")) ? new CudaGraphs() : DeviceSequences.plain();
    }

    /**
     * The device that is fastest here: a CUDA device if libtorch finds one.
     *
     * @throws EngineException if libtorch cannot be loaded
     */
    public static Device bestDevice() {
        Natives.load();
        return torch.cuda_is_available() ? Device.CUDA : Device.CPU;
    }

    @SuppressWarnings("try")
    private void loadAll(VggWeights weights) {
        try (var scope = new PointerScope()) {
            for (var layer : plan.deepest().upToHere()) {
                operations.put(
                        layer,
                        switch (layer.kind()) {
                            case CONVOLUTION -> convolution(layer, weights.of(layer));
                            case POOLING -> new Pooling();
                            case DENSE -> dense(layer, weights.of(layer));
                        });
            }
        }
    }

    private LayerOperation convolution(VggLayer layer, VggWeights.LayerWeights numbers) {
        var kernel = placement.kernel(layer, numbers.kernel());
        var bias = placement.copyOf(numbers.bias(), layer.channels());
        if (oneDnn.isEmpty()) {
            return new PlainConvolution(kernel, bias);
        }
        try (kernel) {
            return new FusedConvolution(oneDnn.get(), kernel, bias, ConvolutionShape.of(layer, plan));
        }
    }

    private LayerOperation dense(VggLayer layer, VggWeights.LayerWeights numbers) {
        return new Dense(
                placement.copyOf(numbers.kernel(), layer.inputChannels(), layer.channels()),
                placement.copyOf(numbers.bias(), layer.channels()),
                layer.isRectified());
    }

    @Override
    public EngineDescription description() {
        var warnings = new ArrayList<String>();
        if (device.isEmpty() && oneDnn.isEmpty()) {
            warnings.add("libtorch runs without oneDNN's fused convolutions here (" + Natives.description()
                    + "); expect less speed.");
        }
        if (device.isEmpty() && Natives.isPlain()) {
            warnings.add(
                    "libtorch uses its plainest routines, since this processor has no AVX2 or does not show it; expect"
                            + " frames to take several times as long.");
        }
        return new EngineDescription(
                NAME,
                Natives.version(),
                placement.deviceName(),
                placement.precision().optionName(),
                Natives.description(),
                threadsPerWorker,
                warnings);
    }

    @Override
    public NetworkPlan plan() {
        return plan;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public FrameFeatures newFrameFeatures(Grid grid) {
        return device.<FrameFeatures>map(context -> new DeviceFrameFeatures(context, grid))
                .orElseGet(() -> new PytorchFrameFeatures(plan, grid));
    }

    @Override
    public ForwardWorker newWorker() {
        if (device.isPresent()) {
            return new DeviceWorker(device.get(), Collections.unmodifiableMap(operations), batch, threadsPerWorker);
        }
        return new PytorchWorker(
                placement, Collections.unmodifiableMap(operations), plan.height(), plan.width(), threadsPerWorker);
    }

    /**
     * What host and device had to say to each other.
     *
     * @param copies between their memories, each of which may hold much
     * @param waits of the host for the device
     * @param recorded sequences of operations that the device has as graphs, to be asked for as one
     */
    public record CardUse(long copies, long waits, long recorded) {}

    /** What was asked of the card since the engine was opened, but for the network's weights; nothing on the processor. */
    public CardUse cardUse() {
        var traffic = traffic();
        return new CardUse(traffic.copies(), traffic.waits(), traffic.recorded());
    }

    /** What host and device had to say to each other; nothing where maps are in host memory. */
    DeviceTraffic traffic() {
        return device.map(DeviceContext::traffic).orElseGet(DeviceTraffic::new);
    }

    @Override
    public void close() {
        operations.values().forEach(LayerOperation::close);
        operations.clear();
        oneDnn.ifPresent(OneDnn::close);
        device.ifPresent(DeviceContext::close);
    }
}

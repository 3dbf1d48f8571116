package org.chromaprep.engine.winograd;

import java.util.List;
import java.util.OptionalInt;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineDescription;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Precision;
import org.chromaprep.engine.pytorch.OneDnn;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.VggWeights;

/**
 * Networks of the VGG family by Winograd's minimal filtering, in single precision on the processor. The first layer, and all layers
 * from the first map on that has a side below {@link WinogradNetwork#LEAST_SIDE}, are computed directly, which is faster there.
 *
 * <p>A frame's maps have the same bits whatever the number of workers, and whatever frames are computed together with it.
 */
public final class WinogradEngine implements Engine {
    /** The engine's name among the choices of {@code --engine}. */
    public static final String NAME = "winograd";
    /** Frames that share the reading of the deeper layers' kernels, which do not fit into caches. */
    static final int BATCH = 2;

    private final NetworkPlan plan;
    private final WinogradNetwork network;

    /**
     * Loads libtorch and transforms the weights.
     *
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @param threadsPerWorker threads of one forward's products, at least 1
     * @param batch frames of one forward at most, at least 1; empty for what is best
     * @throws EngineException if libtorch or its oneDNN cannot be loaded, or memory runs out
     * @throws IllegalArgumentException if a layer's weights are missing
     */
    public WinogradEngine(NetworkPlan plan, VggWeights weights, int threadsPerWorker, OptionalInt batch) {
        this.plan = plan;
        try {
            this.network = new WinogradNetwork(plan, weights, threadsPerWorker, batch.orElse(BATCH));
        } catch (EngineException | IllegalArgumentException e) {
            throw e;
        } catch (OutOfMemoryError | RuntimeException e) {
            throw new EngineException(
                    "The network's weights do not fit into memory (" + e.getMessage()
                            + "); free memory, leave out the fully connected layers, or choose `engine` pytorch, which needs less.",
                    e);
        }
    }

    @Override
    public EngineDescription description() {
        return new EngineDescription(
                NAME,
                OneDnn.version(),
                Device.CPU.optionName(),
                Precision.FP32.optionName(),
                OneDnn.natives(),
                network.threads(),
                List.of());
    }

    @Override
    public NetworkPlan plan() {
        return plan;
    }

    @Override
    public int batch() {
        return network.batch();
    }

    @Override
    public FrameFeatures newFrameFeatures(Grid grid) {
        return new HostFrameFeatures(plan, grid);
    }

    @Override
    public ForwardWorker newWorker() {
        try {
            return new WinogradWorker(network);
        } catch (OutOfMemoryError e) {
            throw new EngineException(
                    "A worker's memory for a network input of " + plan.width() + "x" + plan.height()
                            + " cannot be allocated (" + e.getMessage()
                            + "); choose a smaller `size` or fewer `workers`, or give the JVM more"
                            + " by CHROMAPREP_JAVA_OPTS.",
                    e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}

package org.chromaprep.engine.nd4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineDescription;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.Processor;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.nd4j.linalg.factory.Nd4j;

/**
 * VGG-16 by ND4J's native operations in single precision: on the processor, or on a graphics card where ND4J's natives for
 * cards are on the class path in place of those for processors.
 */
public final class Nd4jEngine implements Engine {
    /** The engine's name among the choices of {@code --engine}. */
    public static final String NAME = "nd4j";

    private final NetworkPlan plan;
    private final Map<VggLayer, LayerArrays> weights = new TreeMap<>();
    private final int threadsPerWorker;
    private final MapArrays arrays;
    private final boolean collects;

    /**
     * Loads ND4J's natives and copies the weights into memory of theirs.
     *
     * @param plan what to compute
     * @param weights at least the layers up to the plan's deepest
     * @param threadsPerWorker threads of one forward, at least 1
     * @throws EngineException if ND4J cannot be loaded or memory runs out
     * @throws IllegalArgumentException if a layer's weights are missing
     */
    public Nd4jEngine(NetworkPlan plan, VggWeights weights, int threadsPerWorker) {
        this(plan, weights, threadsPerWorker, device() == Device.CPU ? new HostArrays() : new DeviceArrays());
    }

    Nd4jEngine(NetworkPlan plan, VggWeights weights, int threadsPerWorker, MapArrays arrays) {
        this.plan = plan;
        this.threadsPerWorker = threadsPerWorker;
        this.arrays = arrays;
        try {
            Nd4j.getEnvironment().setMaxThreads(threadsPerWorker);
            Nd4j.getEnvironment().setMaxMasterThreads(threadsPerWorker);
            // Nothing is allocated for a frame, so ND4J's own calls of the garbage collector would only stop us.
            collects = Nd4j.getMemoryManager().isPeriodicGcActive();
            Nd4j.getMemoryManager().togglePeriodicGc(false);
            plan.deepest().upToHere().stream().filter(VggLayer::hasWeights).forEach(layer -> load(layer, weights));
        } catch (OutOfMemoryError e) {
            throw new EngineException(
                    "The network's weights do not fit into memory (" + e.getMessage()
                            + "); free memory or leave out the fully connected layers.",
                    e);
        }
    }

    /**
     * Where ND4J computes in this JVM, which its natives on the class path decide.
     *
     * @throws EngineException if ND4J cannot be loaded
     */
    public static Device device() {
        if (Processor.lacksAvx2()) {
            // ND4J's library would end the process.
            throw new EngineException(
                    "The nd4j engine needs a processor with AVX2, which this one has not or does not show;"
                            + " choose `engine` pytorch.");
        }
        try {
            return Nd4j.getEnvironment().isCPU() ? Device.CPU : Device.CUDA;
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new EngineException(
                    "The nd4j engine cannot be loaded (" + e
                            + "); check that the natives of this operating system are installed, or choose another `engine`.",
                    e);
        }
    }

    private void load(VggLayer layer, VggWeights from) {
        var numbers = from.of(layer);
        var kernel = layer.kind() == VggLayer.Kind.CONVOLUTION
                ? arrays.copyOf(
                        numbers.kernel(),
                        layer.layerName(),
                        layer.side(),
                        layer.side(),
                        layer.inputChannels(),
                        layer.channels())
                : arrays.copyOf(numbers.kernel(), layer.layerName(), layer.inputChannels(), layer.channels());
        weights.put(layer, new LayerArrays(kernel, arrays.copyOf(numbers.bias(), layer.layerName(), layer.channels())));
    }

    @Override
    public EngineDescription description() {
        var natives = natives();
        var warnings = new ArrayList<String>();
        if (device() == Device.CPU && !natives.contains("onednn")) {
            warnings.add("ND4J's natives were loaded without oneDNN (" + natives
                    + "): convolutions run about ten times slower; see README, \"Platforms\".");
        }
        return new EngineDescription(
                NAME, version(), device().optionName(), "fp32", natives, threadsPerWorker, warnings);
    }

    private static String version() {
        try (var file = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            var properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The folder that the library was loaded from carries its jar's classifier, as in linux-x86_64-onednn-avx2.
    private static String natives() {
        return Loader.getLoadedLibraries().entrySet().stream()
                .filter(library -> library.getKey().startsWith("nd4j"))
                .flatMap(library ->
                        Optional.ofNullable(Path.of(library.getValue()).getParent()).stream())
                .findFirst()
                .map(folder -> folder.getFileName().toString())
                .map(folder -> "nd4j-native " + folder)
                .orElse("nd4j-native of unknown origin");
    }

    @Override
    public NetworkPlan plan() {
        return plan;
    }

    @Override
    public FrameFeatures newFrameFeatures(Grid grid) {
        return new HostFrameFeatures(plan, grid);
    }

    @Override
    public ForwardWorker newWorker() {
        return new Nd4jWorker(plan, arrays, weights);
    }

    /** The weights' memory goes with this object; ND4J's calls of the garbage collector, a setting of the process, come back. */
    @Override
    public void close() {
        Nd4j.getMemoryManager().togglePeriodicGc(collects);
    }
}

package org.chromaprep.engine.pytorch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Precision;
import org.chromaprep.engine.Processor;

/** libtorch's shared libraries: loading them, and what they are and can do. */
final class Natives {
    /**
     * The system property that says whether cuDNN tries which of its convolutions is the fastest; it does unless this is {@code
     * false}. Another process may find another one, whose last bits differ.
     */
    private static final String BENCHMARK = "chromaprep.cudnn.benchmark";

    private static final String PROPERTIES = "/META-INF/maven/org.bytedeco/pytorch/pom.properties";

    private Natives() {}

    /**
     * Loads libtorch unless it is loaded.
     *
     * @throws EngineException if there is none for this operating system, or something that it needs is missing
     */
    static void load() {
        if (Processor.isHidden()) {
            throw new EngineException("The pytorch engine cannot be loaded, since libtorch would end the program where"
                    + " /proc/cpuinfo is empty; show it to this container, or choose `engine` nd4j.");
        }
        try {
            Loader.load(torch.class);
        } catch (LinkageError e) {
            throw new EngineException(
                    "The pytorch engine cannot be loaded (" + e
                            + "); check that its natives are installed for this operating system, or choose another `engine`.",
                    e);
        }
    }

    /**
     * Checks that libtorch computes there and so.
     *
     * @throws EngineException if it does not
     */
    static void demand(Device device, Precision precision) {
        if (device == Device.CUDA && !torch.cuda_is_available()) {
            throw new EngineException("The pytorch engine finds no CUDA device (natives " + description()
                    + "); choose `device` cpu, or build with the Maven profile gpu and install CUDA 13 and cuDNN 9.");
        }
        if (device == Device.CPU && precision == Precision.FP16) {
            throw new EngineException(
                    "The pytorch engine computes fp16 on CUDA devices only; choose `precision` fp32 or bf16, "
                            + "or `device` cuda.");
        }
    }

    /**
     * Sets CUDA's libraries, for the whole process, to compute what is asked for: TensorFloat-32 keeps 10 bits of
     * significand only, sums of 16-bit numbers must not be of 16 bits, and a frame computed twice must give the same bits.
     * Of its convolutions that are like that, cuDNN takes the fastest, which it finds out anew in each process unless {@link
     * #BENCHMARK} says otherwise.
     */
    static void demandExactness() {
        var context = torch.globalContext();
        context.setAllowTF32CuDNN(false);
        context.setAllowTF32CuBLAS(false);
        context.setAllowFP16ReductionCuBLAS(false);
        context.setAllowBF16ReductionCuBLAS(false);
        context.setBenchmarkCuDNN(Boolean.parseBoolean(System.getProperty(BENCHMARK, "true")));
        context.setDeterministicCuDNN(true);
    }

    /**
     * The first graphics card's memory in bytes, whatever of it is in use.
     *
     * @throws EngineException if there is no card
     */
    static long cardBytes() {
        load();
        demand(Device.CUDA, Precision.FP32);
        try (var freeAndAll = torch.getMemoryInfo((byte) 0)) {
            return freeAndAll.second();
        }
    }

    /** libtorch's messages continue with a stack trace of theirs. */
    static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** libtorch's version, as in {@code 2.10.0-1.5.13} with that of the presets. */
    static String version() {
        try (var file = torch.class.getResourceAsStream(PROPERTIES)) {
            var properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which libraries were loaded, as in {@code pytorch linux-x86_64 (AVX512)}. */
    static String description() {
        // The folder that the library was loaded from carries its jar's classifier, as in linux-x86_64-gpu.
        var classifier = Loader.getLoadedLibraries().entrySet().stream()
                .filter(library -> library.getKey().startsWith("jnitorch"))
                .flatMap(library ->
                        Optional.ofNullable(Path.of(library.getValue()).getParent()).stream())
                .findFirst()
                .map(folder -> folder.getFileName().toString())
                .orElse("of unknown origin");
        return "pytorch " + classifier + " (" + capability() + ")";
    }

    /** Whether libtorch has none of its routines for wide vectors on a processor of the family of x86. */
    static boolean isPlain() {
        return Processor.isX86() && capability().equals("DEFAULT");
    }

    private static String capability() {
        return torch.get_cpu_capability().getString();
    }
}

package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code inspect} as they are typed; {@link InspectReader} turns them into numbers. */
final class InspectOptions {
    @Parameters(paramLabel = "INPUT",
            description = "A picture, a film, a folder of one film's pictures, or lavfi:GRAPH.")
    String input = "";

    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Folder that gets the figures and numbers.")
    Path out = Path.of("");

    @Option(names = "--at", paramLabel = "TIME", description = "Film time of the frame: seconds or [HH:]MM:SS[.s].")
    Optional<String> at = Optional.empty();

    @Option(names = "--frame", paramLabel = "N", description = "Number of the frame, from 0. Default: 0.")
    Optional<Long> frame = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE",
            description = "YAML file of options; the command line overrides it.")
    Optional<Path> config = Optional.empty();

    @Option(names = "--layers", defaultValue = "conv1_2,conv2_2,conv3_3,conv4_3,conv5_3", paramLabel = "NAMES",
            description = "Layers of the hypercolumns: names, or the article's Keras indices. Default: ${DEFAULT-VALUE}")
    String layers = "";

    @Option(names = "--maps", paramLabel = "LAYER:CHANNEL,...",
            description = "Single feature maps, as in conv1_2:2,conv3_3:13 or 3:2,15:13. Default: those two, the "
                    + "article's, where --layers has their layers.")
    Optional<String> maps = Optional.empty();

    @Option(names = "--average", paramLabel = "LAYERS",
            description = "A group of layers whose hypercolumns are averaged; may be repeated. Default: the "
                    + "article's 3,8 and 22,29 where --layers has them, else all of --layers.")
    List<String> averages = List.of();

    @Option(names = "--clusters", defaultValue = "2", paramLabel = "K,...",
            description = "Clusters of k-means, up to 64; several as in 2,4,8. Default: ${DEFAULT-VALUE}")
    String clusters = "";

    @Option(names = "--seeds", paramLabel = "X,Y;X,Y",
            description = "Grid pixels whose hypercolumns start the clusters of the k that has as many. "
                    + "Default: k-means++.")
    Optional<String> seeds = Optional.empty();

    @Option(names = "--pixel", paramLabel = "X,Y",
            description = "Grid pixel to which all others are compared; may be repeated. Default: the middle.")
    List<String> pixels = List.of();

    @Option(names = "--normalize", defaultValue = "none", paramLabel = "HOW",
            description = "none, or layer: divide each layer by its root mean square before averages, clusters, "
                    + "similarity and embedding. Default: ${DEFAULT-VALUE}")
    String normalize = "";

    @Option(names = "--samples", defaultValue = "2048", paramLabel = "N",
            description = "Hypercolumns sampled for the embedding. Default: ${DEFAULT-VALUE}")
    int samples;

    @Option(names = "--size", defaultValue = "224x224", paramLabel = "WxH",
            description = "Network input, sides of at least 32. Default: ${DEFAULT-VALUE}")
    String size = "";

    @Option(names = "--fit", defaultValue = "stretch", paramLabel = "HOW",
            description = "How a picture fills the input: stretch, letterbox, crop. Default: ${DEFAULT-VALUE}")
    String fit = "";

    @Option(names = "--preprocess", paramLabel = "HOW",
            description = "caffe, raw or torch. Default: what the weights were trained on.")
    Optional<String> preprocess = Optional.empty();

    @Option(names = "--weights", defaultValue = "auto", paramLabel = "WHICH",
            description = "auto, a file or folder, or random[:SEED]. Default: ${DEFAULT-VALUE}")
    String weights = "";

    @Option(names = "--engine", defaultValue = "auto", paramLabel = "NAME",
            description = "auto, nd4j or pytorch. Default: ${DEFAULT-VALUE}")
    String engine = "";

    @Option(names = "--device", defaultValue = "auto", paramLabel = "NAME",
            description = "auto, cpu or cuda. Default: ${DEFAULT-VALUE}")
    String device = "";

    @Option(names = "--precision", defaultValue = "fp32", paramLabel = "NAME",
            description = "fp32, bf16 or fp16. Default: ${DEFAULT-VALUE}")
    String precision = "";

    @Option(names = "--max-iterations", defaultValue = "300", paramLabel = "N",
            description = "Iterations of k-means at most. Default: ${DEFAULT-VALUE}")
    int maxIterations;

    @Option(names = "--tolerance", defaultValue = "1e-4", paramLabel = "X",
            description = "Of k-means, as scikit-learn means it. Default: ${DEFAULT-VALUE}")
    double tolerance;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N",
            description = "Of k-means++ and sampling. Default: ${DEFAULT-VALUE}")
    long seed;

    @Option(names = {"-v", "--verbose"}, description = "Say more, and print stack traces.")
    boolean verbose;
}

package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that runs the network and clusters what it finds. */
class NetworkOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "YAML file of options; the command line overrides it.")
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--layers",
            defaultValue = "conv1_2,conv2_2,conv3_3,conv4_3,conv5_3",
            paramLabel = "NAMES",
            description = "Layers of the hypercolumns: names, or the article's Keras indices. Default: ${DEFAULT-VALUE}")
    String layers = "";

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

    @Option(names = "--engine", defaultValue = "auto", paramLabel = "NAME", completionCandidates = EngineNames.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
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

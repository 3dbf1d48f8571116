package org.chromaprep.cli;

import org.chromaprep.cli.Setting.Decides;
import org.chromaprep.vgg.Network;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs the network and clusters what it finds. */
class NetworkOptions {
    @Mixin
    final ConfigOption config = new ConfigOption();

    @Mixin
    final NetworkName networkName = new NetworkName();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--layers",
            defaultValue = "conv1_2,conv2_2,conv3_3,conv4_3,conv5_3",
            paramLabel = "NAMES",
            description =
                    "Layers of the hypercolumns: names, or the article's Keras indices; fc6conv and fc7conv are fc6 and fc7 at each place of"
                            + " pool5, for any size; none for no network. Default: ${DEFAULT-VALUE}")
    String layers = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--size",
            defaultValue = "224x224",
            paramLabel = "WxH",
            description = "Network input, sides of at least 32. Default: ${DEFAULT-VALUE}")
    String size = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--fit",
            defaultValue = "stretch",
            paramLabel = "HOW",
            description = "How a picture fills the input: stretch, letterbox, crop. Default: ${DEFAULT-VALUE}")
    String fit = "";

    @Mixin
    final EngineOptions engines = new EngineOptions();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--max-iterations",
            defaultValue = "300",
            paramLabel = "N",
            description = "Iterations of k-means at most. Default: ${DEFAULT-VALUE}")
    int maxIterations;

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--tolerance",
            defaultValue = "1e-4",
            paramLabel = "X",
            description = "Of k-means, as scikit-learn means it. Default: ${DEFAULT-VALUE}")
    double tolerance;

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Of k-means++ and sampling. Default: ${DEFAULT-VALUE}")
    long seed;

    @Mixin
    final VerboseOption verbose = new VerboseOption();

    /** The network that is named. */
    Network network() {
        return networkName.network();
    }
}

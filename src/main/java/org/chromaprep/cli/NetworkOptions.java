package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.chromaprep.cli.Setting.Decides;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.vgg.Network;
import org.chromaprep.vgg.Networks;
import picocli.CommandLine.Option;

/** The options of every command that runs the network and clusters what it finds. */
class NetworkOptions {
    @Setting(decides = Decides.NOTHING, because = "its keys are options of their own")
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file of options; the command line overrides it.")
    Optional<Path> config = Optional.empty();

    /** What {@code --network} may name. */
    static final class NetworkNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Networks.ALL.stream().map(Network::optionName).iterator();
        }
    }

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--network",
            defaultValue = "vgg16",
            paramLabel = "NAME",
            completionCandidates = NetworkNames.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    String network = "";

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

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--preprocess",
            paramLabel = "HOW",
            description = "caffe, raw or torch. Default: what the weights were trained on.")
    Optional<String> preprocess = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = "the hash of what was read is recorded instead")
    @Option(
            names = "--weights",
            defaultValue = "auto",
            paramLabel = "WHICH",
            description = "auto, a file or folder, or random[:SEED]. Default: ${DEFAULT-VALUE}")
    String weights = "";

    @Setting(decides = Decides.NOTHING, because = "what is fetched is checked by its hash")
    @Option(
            names = {"--from", "--weights-from"},
            split = ",",
            paramLabel = "URL_OR_FILE",
            description =
                    "Where auto fetches weights before it asks their official home: addresses or folders of mirrors, or"
                            + " files, with commas between them.")
    List<String> weightsFrom = List.of();

    @Setting(decides = Decides.NOTHING, because = "which engine computed is recorded among the versions")
    @Option(
            names = "--engine",
            defaultValue = "auto",
            paramLabel = "NAME",
            completionCandidates = EngineNames.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    String engine = "";

    @Setting(decides = Decides.NOTHING, because = "where it was computed is recorded among the versions")
    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "auto, cpu or cuda. Default: ${DEFAULT-VALUE}")
    String device = "";

    @Setting(decides = Decides.NOTHING, because = "it is recorded among the versions")
    @Option(
            names = "--precision",
            defaultValue = "fp32",
            paramLabel = "NAME",
            description = "fp32, bf16 or fp16. Default: ${DEFAULT-VALUE}")
    String precision = "";

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

    @Setting(decides = Decides.NOTHING, because = "it only changes what is said")
    @Option(
            names = {"-v", "--verbose"},
            description = "Say more, and print stack traces.")
    boolean verbose;

    /** The network that is named. */
    Network network() {
        return Choices.named("--network", network, Networks.ALL, Network::optionName);
    }

    /** A sentence of advice about the precision that is asked for, if there is something to say. */
    Optional<String> advice() {
        return Engines.advice(new EngineChoice(engine, device, precision, 1));
    }
}

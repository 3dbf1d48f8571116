package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Map;
import org.chromaprep.vgg.Network;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsCatalog;
import org.chromaprep.vgg.WeightsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep weights}: gets, shows and checks weights. */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Gets, shows and checks weights.")
final class WeightsCommand implements Runnable {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    WeightsCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void run() {
        throw new UsageException("weights takes fetch, list or verify; see 'chromaprep weights --help'.");
    }

    @Command(name = "fetch", mixinStandardHelpOptions = true, description = "Downloads the official weights into the cache.")
    int fetch(@Option(names = "--top", description = "With the fully connected layers.") boolean top,
            @Option(names = "--network", defaultValue = "vgg16", paramLabel = "NAME",
                    completionCandidates = NetworkOptions.NetworkNames.class,
                    description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}") String name)
            throws WeightsException {
        var network = Choices.named("--network", name, Networks.ALL, Network::optionName);
        var path = loading().fetch(top ? network.last() : network.byName("pool5").orElseThrow());
        spec.commandLine().getOut().println(path);
        return ExitCode.OK.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows the weights there are and where they would lie.")
    int list() {
        var places = loading().places();
        for (var entry : WeightsCatalog.entries()) {
            var file = places.cacheFolder().resolve(entry.fileName());
            spec.commandLine().getOut().println("%s  up to %s  %s  %s".formatted(entry.fileName(),
                    entry.deepest().layerName(), file.toFile().exists() ? "in the cache" : "not fetched", file));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "verify", mixinStandardHelpOptions = true, description = "Reads weights and tells what they hold.")
    int verify(@Parameters(paramLabel = "WEIGHTS", description = "A file or a folder.") Path weights) throws WeightsException {
        var out = spec.commandLine().getOut();
        var report = Weights.verify(weights);
        for (var array : report.arrays()) {
            out.println("%-10s %s  %s".formatted(array.name(), array.sha256(), switch (array.standing()) {
                case ORIGINAL -> "the original VGG-16's";
                case OTHER -> "not the original VGG-16's";
                case UNKNOWN -> "no sum of the original is known";
            }));
        }
        out.println("%s: %s, %s, sha256 %s, preprocess %s".formatted(
                report.location(), report.network(), report.kind(), report.sha256(), report.preprocessing().optionName()));
        return ExitCode.OK.number();
    }

    private WeightsLoading loading() {
        return new WeightsLoading(environment, new Messages(spec.commandLine().getOut(), spec.commandLine().getErr()));
    }
}

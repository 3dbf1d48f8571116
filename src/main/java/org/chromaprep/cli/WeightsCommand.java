package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    /** Names mirrors, as it does for other commands. */
    private static final String MIRRORS = "CHROMAPREP_WEIGHTS_FROM";

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

    @Command(
            name = "fetch",
            mixinStandardHelpOptions = true,
            description = "Downloads the official weights into the cache.")
    int fetch(
            @Option(names = "--top", description = "With the fully connected layers.") boolean top,
            @Option(
                            names = "--network",
                            defaultValue = "vgg16",
                            paramLabel = "NAME",
                            completionCandidates = NetworkName.Names.class,
                            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
                    String name,
            @Option(
                            names = {"--from", "--weights-from"},
                            paramLabel = "URL_OR_FILE",
                            description =
                                    "Where they are fetched from before their official home is asked: addresses or folders of mirrors,"
                                            + " or files, with commas between them. Default: " + MIRRORS)
                    Optional<String> from)
            throws WeightsException {
        var network = Choices.named("--network", name, Networks.ALL, Network::optionName);
        var path = loading(mirrors(from))
                .fetch(top ? network.last() : network.byName("pool5").orElseThrow());
        spec.commandLine().getOut().println(Printable.line(path.toString()));
        return ExitCode.OK.number();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows the weights there are and where they would lie.")
    int list() {
        var places = loading(List.of()).places();
        for (var entry : WeightsCatalog.entries()) {
            var file = places.cacheFolder().resolve(entry.fileName());
            spec.commandLine()
                    .getOut()
                    .println(Printable.line(String.format(
                            Locale.ROOT,
                            "%s  up to %s  %s  %s",
                            entry.fileName(),
                            entry.deepest().layerName(),
                            file.toFile().exists() ? "in the cache" : "not fetched",
                            file)));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "verify", mixinStandardHelpOptions = true, description = "Reads weights and says what they hold.")
    int verify(@Parameters(paramLabel = "WEIGHTS", description = "A file or a folder.") Path weights)
            throws WeightsException {
        var out = spec.commandLine().getOut();
        var report = Weights.verify(weights);
        for (var array : report.arrays()) {
            out.println(Printable.line(String.format(
                    Locale.ROOT,
                    "%-10s %s  %s",
                    array.name(),
                    array.sha256(),
                    switch (array.standing()) {
                        case ORIGINAL -> "the original VGG-16's";
                        case OTHER -> "not the original VGG-16's";
                        case UNKNOWN -> "no sum of the original is known";
                    })));
        }
        out.println(Printable.line(String.format(
                Locale.ROOT,
                "%s: %s, %s, sha256 %s, preprocess %s",
                report.location(),
                report.network(),
                report.kind(),
                report.sha256(),
                report.preprocessing().optionName())));
        return ExitCode.OK.number();
    }

    private List<String> mirrors(Optional<String> named) {
        return Stream.of(named.orElseGet(() -> environment.getOrDefault(MIRRORS, ""))
                        .split(","))
                .filter(each -> !each.isBlank())
                .toList();
    }

    private WeightsLoading loading(List<String> mirrors) {
        return new WeightsLoading(
                environment,
                mirrors,
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr()));
    }
}

package org.chromaprep.cli;

import java.util.Iterator;
import org.chromaprep.cli.Setting.Decides;
import org.chromaprep.vgg.Network;
import org.chromaprep.vgg.Networks;
import picocli.CommandLine.Option;

/** The option that names a network. */
final class NetworkName {
    /** What {@code --network} may name. */
    static final class Names implements Iterable<String> {
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
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    String name = "";

    /**
     * The network that is named.
     *
     * @throws UsageException if there is none of that name
     */
    Network network() {
        return Choices.named("--network", name, Networks.ALL, Network::optionName);
    }
}

package org.chromaprep.cli;

import java.util.Optional;
import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine.Option;

/** The options of every command that goes through films and can be continued. */
final class RunOptions {
    @Setting(decides = Decides.NOTHING, because = "it decides whether an earlier run is continued at all")
    @Option(
            names = "--overwrite",
            description = "Replace what another run left; otherwise the same command continues it.")
    boolean overwrite;

    @Setting(decides = Decides.NOTHING, because = "it only shows the run")
    @Option(names = "--metrics-port", paramLabel = "PORT", description = "Prometheus endpoint on 127.0.0.1.")
    Optional<Integer> metricsPort = Optional.empty();
}

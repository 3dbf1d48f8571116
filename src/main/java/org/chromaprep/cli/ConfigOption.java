package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine.Option;

/** The option that names a file of options; it is read before the others are parsed. */
final class ConfigOption {
    @Setting(decides = Decides.NOTHING, because = "its keys are options of their own")
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file of options; the command line overrides it.")
    Optional<Path> config = Optional.empty();
}

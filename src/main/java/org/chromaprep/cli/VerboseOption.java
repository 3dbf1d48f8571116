package org.chromaprep.cli;

import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine.Option;

/** The option that asks for more words. */
final class VerboseOption {
    @Setting(decides = Decides.NOTHING, because = "it only changes what is said")
    @Option(
            names = {"-v", "--verbose"},
            description = "Say more, and print stack traces.")
    boolean given;
}

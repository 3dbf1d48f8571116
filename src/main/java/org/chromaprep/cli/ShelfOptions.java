package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine.Option;

/** The options of {@code process} about which films are in the run. */
final class ShelfOptions {
    @Setting(decides = Decides.NOTHING, because = "it says which films are processed, not how")
    @Option(
            names = "--list",
            paramLabel = "FILE",
            description =
                    "A text with a film on each line, or a table (CSV) with the column film"
                            + " and, if wanted, name, licence, source and others, which manifests keep. May be given several times.")
    List<Path> lists = List.of();

    @Setting(decides = Decides.NOTHING, because = "it says which films are processed, not how")
    @Option(names = "--no-recursive", description = "Leave out folders in the folders that are named.")
    boolean notRecursive;

    @Setting(decides = Decides.NOTHING, because = "it says which films are processed, not how")
    @Option(
            names = "--only",
            paramLabel = "GLOB",
            description = "Take only files whose name matches, or whose path below the folder"
                    + " named if the glob has a slash. May be given several times.")
    List<String> only = List.of();

    @Setting(decides = Decides.NOTHING, because = "it says which films are processed, not how")
    @Option(
            names = "--skip",
            paramLabel = "GLOB",
            description = "Leave out files that match, as --only has it. May be given several" + " times.")
    List<String> skip = List.of();

    @Setting(
            decides = Decides.NOTHING,
            because = "samples bear the folder's name, and a run that continues has that already")
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the output folder of the one film is called. Default: as its"
                    + " file, with some digits of its hash where another film is called so.")
    Optional<String> name = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = "it only asks")
    @Option(
            names = "--dry-run",
            description = "Say what would be done, film by film, and what is left out and why; then end.")
    boolean dryRun;

    @Setting(decides = Decides.NOTHING, because = "it only looks closer")
    @Option(
            names = "--rehash",
            description = "Read every film, and everything that was written of finished ones, instead of believing"
                    + " sizes and time stamps.")
    boolean rehash;
}

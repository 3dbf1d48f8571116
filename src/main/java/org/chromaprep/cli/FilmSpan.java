package org.chromaprep.cli;

import java.util.Optional;
import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine.Option;

/** The options that say which span of a film is meant. */
final class FilmSpan {
    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "Film time of the first frame: seconds or [HH:]MM:SS[.s].")
    Optional<String> start = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(names = "--end", paramLabel = "TIME", description = "Film time before which the last frame lies.")
    Optional<String> end = Optional.empty();
}

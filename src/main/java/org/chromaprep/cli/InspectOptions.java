package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code inspect} as they are typed; {@link InspectReader} turns them into numbers. */
final class InspectOptions extends NetworkOptions {
    @Parameters(
            paramLabel = "INPUT",
            description = "A picture, a film, a folder of one film's pictures, or lavfi:GRAPH.")
    String input = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder that gets the figures and numbers.")
    Path out = Path.of("");

    @Option(names = "--at", paramLabel = "TIME", description = "Film time of the frame: seconds or [HH:]MM:SS[.s].")
    Optional<String> at = Optional.empty();

    @Option(names = "--frame", paramLabel = "N", description = "Number of the frame, from 0. Default: 0.")
    Optional<Long> frame = Optional.empty();

    @Option(
            names = "--maps",
            paramLabel = "LAYER:CHANNEL,...",
            description = "Single feature maps, as in conv1_2:2,conv3_3:13 or 3:2,15:13. Default: those two, the "
                    + "article's, where --layers has their layers.")
    Optional<String> maps = Optional.empty();

    @Option(
            names = "--average",
            paramLabel = "LAYERS",
            description = "A group of layers whose hypercolumns are averaged; may be repeated. Default: the "
                    + "article's 3,8 and 22,29 where --layers has them, else all of --layers.")
    List<String> averages = List.of();

    @Option(
            names = "--clusters",
            defaultValue = "2",
            paramLabel = "K,...",
            description = "Clusters of k-means, up to 64; several as in 2,4,8. Default: ${DEFAULT-VALUE}")
    String clusters = "";

    @Option(
            names = "--seeds",
            paramLabel = "X,Y;X,Y",
            description = "Grid pixels whose hypercolumns start the clusters of the k that has as many. "
                    + "Default: k-means++.")
    Optional<String> seeds = Optional.empty();

    @Option(
            names = "--pixel",
            paramLabel = "X,Y",
            description = "Grid pixel to which all others are compared; may be repeated. Default: the middle.")
    List<String> pixels = List.of();

    @Option(
            names = "--normalize",
            defaultValue = "none",
            paramLabel = "HOW",
            description = "none, or layer: divide each layer by its root mean square before averages, clusters, "
                    + "similarity and embedding. Default: ${DEFAULT-VALUE}")
    String normalize = "";

    @Option(
            names = "--samples",
            defaultValue = "2048",
            paramLabel = "N",
            description = "Hypercolumns sampled for the embedding. Default: ${DEFAULT-VALUE}")
    int samples;
}

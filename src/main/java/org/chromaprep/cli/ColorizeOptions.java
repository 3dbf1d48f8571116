package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code colorize} as they are typed; {@link ColorizeReader} turns them into numbers. */
final class ColorizeOptions {
    private static final String READ = "a hash of what was read is recorded instead";

    @Parameters(
            paramLabel = "FILM",
            description =
                    "A film, a folder of one film's pictures, or with --model also camera:0, the address of a stream, - or"
                            + " lavfi:GRAPH.")
    String film = "";

    @Mixin
    final ConfigOption config = new ConfigOption();

    @Setting(decides = Decides.NOTHING, because = "it is where the output lies")
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder that gets the film's folder, or with --plan the pictures to colour.")
    Path out = Path.of("");

    @Setting(decides = Decides.NOTHING, because = "a plan colours nothing")
    @Option(names = "--plan", description = "Write one frame of each shot as a picture to be coloured, and a list.")
    boolean plan;

    @Setting(decides = Decides.NOTHING, because = "a plan colours nothing")
    @Option(
            names = "--choose",
            defaultValue = "middle",
            paramLabel = "WHICH",
            description =
                    "A shot's frame in a plan: middle, or typical (which looks most like the shot). Default: ${DEFAULT-VALUE}")
    String choose = "";

    @Setting(decides = Decides.NOTHING, because = READ)
    @Option(
            names = "--references",
            paramLabel = "DIR",
            description =
                    "Coloured frames of the film: known by their names (frame-000123, ref_000123) or by what they show.")
    Optional<Path> references = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = READ)
    @Option(names = "--model", paramLabel = "MODEL", description = "What train wrote; colours what no reference does.")
    Optional<Path> model = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = READ)
    @Option(
            names = "--evaluate",
            paramLabel = "COLOURFILM",
            description =
                    "Try it: a film with the same frames in colour, some of which are the references; says how far the others"
                            + " are from it, beside other ways to colour them.")
    Optional<String> evaluate = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--evaluate-from",
            defaultValue = "middle",
            paramLabel = "WHICH",
            description =
                    "A shot's references with --evaluate: first, middle, ends (first and last) or three. Default: ${DEFAULT-VALUE}")
    String evaluateFrom = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--spread",
            defaultValue = "none",
            paramLabel = "HOW",
            description =
                    "Shots without a reference: none (grey, or the model), pooled (learned from all references together), similar"
                            + " (from those of the shot that looks most like it). Default: ${DEFAULT-VALUE}")
    String spread = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--flow",
            defaultValue = "on",
            paramLabel = "HOW",
            description = "Whether colours are carried along the optical flow, too: on, off. Default: ${DEFAULT-VALUE}")
    String flow = "";

    @Mixin
    final NetworkName network = new NetworkName();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--layers",
            defaultValue = "auto",
            paramLabel = "NAMES",
            description =
                    "Layers of the hypercolumns: names, or the article's Keras indices; auto is conv1_2, conv2_2, conv3_3,"
                            + " conv4_3, conv5_3 as far as the weights have them, or the model's. Default: ${DEFAULT-VALUE}")
    String layers = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--size",
            defaultValue = "auto",
            paramLabel = "WxH",
            description =
                    "Network input, sides of at least 32; auto is the film's shape with as many pixels as 224x224, no more than the"
                            + " film has. Default: ${DEFAULT-VALUE}")
    String size = "";

    @Mixin
    final EngineOptions engines = new EngineOptions();

    @Setting(decides = Decides.NOTHING, because = "frames are written in their order, whoever computes them")
    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Frames, or heads, worked on at the same time. Default: one a core; 1 on a graphics card.")
    Optional<Integer> workers = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Of the heads' first weights and of the pixels that they learn from. Default: ${DEFAULT-VALUE}")
    long seed;

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--codec",
            defaultValue = "ffv1",
            paramLabel = "NAME",
            description = "Codec or encoder of the coloured film; ffv1 loses nothing. Default: ${DEFAULT-VALUE}")
    String codec = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--container",
            defaultValue = "mkv",
            paramLabel = "NAME",
            description = "Container of the coloured film. Default: ${DEFAULT-VALUE}")
    String container = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--look",
            defaultValue = "h264:mp4",
            paramLabel = "CODEC:CONTAINER",
            description =
                    "A small video of grey and coloured pictures side by side; or none. Default: ${DEFAULT-VALUE}")
    String look = "";

    @Mixin
    final FilmSpan span = new FilmSpan();

    @Setting(decides = Decides.SHARDS)
    @Option(names = "--max-frames", paramLabel = "N", description = "End after N coloured frames.")
    Optional<Long> maxFrames = Optional.empty();

    @Mixin
    final RunOptions run = new RunOptions();

    @Mixin
    final VerboseOption verbose = new VerboseOption();
}

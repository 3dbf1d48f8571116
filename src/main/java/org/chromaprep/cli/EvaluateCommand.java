package org.chromaprep.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chromaprep.colorize.ColouredFilm;
import org.chromaprep.colorize.Evaluator;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep evaluate}: how far from the true colours. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Says how far a coloured film is from the true one, beside grey, mean, copied and carried colours.")
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "COLOURED",
            description = "The coloured film, or the folder that colorize wrote.")
    private String coloured = "";

    @Parameters(
            index = "1",
            paramLabel = "TRUTH",
            description = "The film with the true colours, frame by frame the same.")
    private String truth = "";

    @Mixin
    final ConfigOption config = new ConfigOption();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder that gets evaluation.json, frames.csv and index.html.")
    private Path out = Path.of("");

    @Option(
            names = "--references",
            split = ",",
            paramLabel = "N,N",
            description =
                    "Frames whose colours were known. Default: those of COLOURED's folder, or the middle of each shot.")
    private List<Long> references = List.of();

    @Option(
            names = "--size",
            defaultValue = "auto",
            paramLabel = "WxH",
            description = "On which grid frames are compared; auto as in colorize. Default: ${DEFAULT-VALUE}")
    private String size = "";

    @Option(
            names = "--flow",
            defaultValue = "on",
            paramLabel = "HOW",
            description =
                    "Whether colours carried along the optical flow are compared, too: on, off. Default: ${DEFAULT-VALUE}")
    private String flow = "";

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "TRUTH's time of COLOURED's first frame: seconds or [HH:]MM:SS[.s].")
    private Optional<String> start = Optional.empty();

    @Option(names = "--end", paramLabel = "TIME", description = "TRUTH's time before which COLOURED's last frame lies.")
    private Optional<String> end = Optional.empty();

    @Option(names = "--max-frames", paramLabel = "N", description = "COLOURED has the first N of these frames.")
    private Optional<Long> maxFrames = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        NativesFolder.choose(System.getenv());
        var messages =
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        var withFlow = Choices.named("--flow", flow, List.of("on", "off"), name -> name)
                .equals("on");
        var stop = new StopSignal();
        var interrupts = new Interrupts(stop, messages);
        try {
            var real = OneFilm.of(truth);
            var film = Files.isDirectory(Path.of(coloured)) && ColouredFilm.isOne(Path.of(coloured))
                    ? ColouredFilm.of(Path.of(coloured))
                    : ColouredFilm.of(OneFilm.of(coloured));
            try (var source = Sources.open(real, SourceOptions.DEFAULT, stop::requested)) {
                var settings = ColorizeReader.film(
                        ColorizeReader.grid(size, source.info()),
                        Preprocessing.CAFFE,
                        ColorizeReader.selection(start, end, maxFrames),
                        0);
                var known = references.isEmpty() ? film.references(real, settings, stop::requested) : references;
                var scores = new Evaluator(film.film(), real, settings, known, withFlow, frames -> {}, stop::requested)
                        .run(List.of());
                if (scores.isEmpty()) {
                    return ExitCode.INTERRUPTED.number();
                }
                EvaluationTable.write(out, scores.get(), messages);
                return ExitCode.OK.number();
            }
        } finally {
            interrupts.close();
        }
    }
}

package org.chromaprep.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.chromaprep.colorize.Colorizer;
import org.chromaprep.colorize.Evaluator;
import org.chromaprep.colorize.FilmPlan;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.learn.Model;
import org.chromaprep.learn.ModelFacts;
import org.chromaprep.learn.ModelFile;
import org.chromaprep.output.film.SafeName;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.FilmResult;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.vgg.WeightsException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.encode.VideoWriter;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chromaprep colorize}: black and white in, colour out. */
@Command(
        name = "colorize",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Colours a black-and-white film from a few of its frames that somebody coloured, or by a model.")
final class ColorizeCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Mixin
    private ColorizeOptions options;

    @Mixin
    private LiveOptions live;

    @Spec
    private CommandSpec spec;

    ColorizeCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        NativesFolder.choose(environment);
        var messages =
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        var stop = new StopSignal();
        var interrupts = new Interrupts(stop, messages);
        try {
            checkModes();
            var film = film();
            return options.plan ? plan(film, messages, stop) : colour(film, messages, stop);
        } finally {
            interrupts.close();
        }
    }

    private void checkModes() {
        var asked = options.references.isPresent() || options.model.isPresent() || options.evaluate.isPresent();
        if (options.plan == asked) {
            throw new UsageException(
                    asked
                            ? "--plan colours nothing; leave out --references, --model and --evaluate."
                            : "colorize needs --references DIR or --model MODEL to take colours from; --plan writes the frames to colour.");
        }
        if (options.evaluate.isPresent() && options.references.isPresent()) {
            throw new UsageException(
                    "--evaluate takes its references from the film in colour; leave out --references, or compare"
                            + " afterwards by chromaprep evaluate.");
        }
        if (live.live && options.model.isEmpty()
                || live.live && (options.references.isPresent() || options.evaluate.isPresent())) {
            throw new UsageException(
                    "--live watches a film as if it happened now, and references need the whole of it before; colour it by"
                            + " a --model alone.");
        }
        if (live.segment.isPresent() || live.keep.isPresent()) {
            throw new UsageException(
                    "--segment and --keep are for the annotated videos of process; a coloured film is one film, whose parts"
                            + " are committed while it grows: leave them out.");
        }
        if (!options.plan) {
            var reader = new ColorizeReader(options);
            reader.colours();
            reader.ownFrames();
            VideoWriter.check(options.codec, options.container);
            reader.look().ifPresent(look -> VideoWriter.check(look.codec(), look.container()));
        }
    }

    private SourceInput film() throws SourceException {
        var film = OneFilm.of(options.film);
        if (!film.repeatable() && (options.plan || options.references.isPresent() || options.evaluate.isPresent())) {
            throw new UsageException(
                    options.film + " cannot be gone through twice, as references need; save it as a file first, or"
                            + " colour it by a --model.");
        }
        return film;
    }

    private int plan(SourceInput film, Messages messages, StopSignal stop) throws Exception {
        var reader = new ColorizeReader(options);
        var settings = reader.film(reader.grid(info(film, stop)), Preprocessing.CAFFE);
        var entries = FilmPlan.write(film, settings, reader.choice(), options.out, stop::requested);
        if (stop.requested()) {
            return ExitCode.INTERRUPTED.number();
        }
        var pictures = entries.stream().filter(entry -> !entry.file().isEmpty()).count();
        messages.tell(String.format(
                Locale.ROOT,
                "%s: %d shots, %d pictures to colour, in %s; save the coloured ones in a folder of"
                        + " their own, and then:",
                film.name(),
                entries.size(),
                pictures,
                options.out));
        messages.tell(
                String.format(Locale.ROOT, "  chromaprep colorize %s --references COLOURED --out DIR", options.film));
        return ExitCode.OK.number();
    }

    private static SourceInfo info(SourceInput film, StopSignal stop) throws SourceException {
        try (var source = Sources.open(film, SourceOptions.DEFAULT, stop::requested)) {
            return source.info();
        }
    }

    private int colour(SourceInput film, Messages messages, StopSignal stop) throws Exception {
        var reader = new ColorizeReader(options);
        var model =
                options.model.isPresent() ? Optional.of(ModelFile.read(options.model.get())) : Optional.<Model>empty();
        var grid = film.repeatable()
                ? reader.grid(info(film, stop))
                : reader.grid(model.map(each -> each.facts().size()).orElse(List.of()));
        var weights = weights(reader, model, messages);
        var layers = reader.layers()
                .or(() -> model.map(each -> named(reader, each)))
                .orElseGet(() -> reader.layers(weights));
        var preprocessing = reader.preprocessing(weights);
        if (model.isPresent()) {
            model.get()
                    .facts()
                    .check(
                            layers.stream().map(VggLayer::layerName).toList(),
                            preprocessing.optionName(),
                            weights.origin().sha256());
        }
        var desk = live.monitor.map(port -> new RunMonitor());
        var watching = live.settings(desk);
        var door = options.engines.door();
        try (var opened = door.open(new NetworkPlan(layers, grid.height(), grid.width()), weights);
                var metrics = Metrics.open(options.run.metricsPort, desk.isPresent());
                var monitoring = Monitoring.open(live, desk, metrics);
                var progress = new ProgressDisplay(messages)) {
            monitoring.announce(messages);
            var engine = opened.engine();
            var cores = Runtime.getRuntime().availableProcessors();
            var workers = options.workers.orElse(engine.description().onCard() ? 1 : cores);
            if (workers < 1 || workers > 4 * cores) {
                throw new UsageException(
                        "--workers must be 1 to " + 4 * cores + " on this machine, not " + workers + ".");
            }
            messages.start(engine.description(), weights.origin(), workers, options.verbose.given);
            var settings = reader.film(grid, preprocessing);
            var how = reader.colours();
            var facts = new ModelFacts(
                    layers.stream().map(VggLayer::layerName).toList(),
                    preprocessing.optionName(),
                    weights.origin().sha256(),
                    List.of(grid.height(), grid.width()),
                    Map.of(),
                    Map.of("seed", String.valueOf(options.seed), "flow", options.flow),
                    Map.of(),
                    Version.number());
            try (var colorizer = new Colorizer(film, settings, how, engine, facts, model, workers, progress, stop)) {
                if (options.references.isPresent() || options.evaluate.isPresent()) {
                    var seen = options.references.isPresent()
                            ? colorizer.survey(options.references.get())
                            : colorizer.survey(OneFilm.of(options.evaluate.get()), reader.ownFrames());
                    if (seen.isEmpty()) {
                        return ExitCode.INTERRUPTED.number();
                    }
                    messages.say(seen.get());
                }
                var colouring = new Colouring(colorizer::open, options.codec, options.container, reader.look());
                var recorded = new LinkedHashMap<>(RecordedSettings.of(spec, resolved(grid, layers, preprocessing)));
                recorded.put("references", colorizer.referencesHash());
                recorded.put("model", model.map(ModelFile::sha256).orElse("none"));
                var provenance = new Provenance(
                        recorded,
                        RunRecord.weights(weights.origin()),
                        RunRecord.versions(engine),
                        !weights.origin().trained());
                var processor = new FilmProcessor(
                        settings,
                        watching,
                        engine,
                        provenance,
                        workers,
                        metrics.registry(),
                        progress,
                        stop,
                        Optional.of(colouring));
                var outcome = colorizer.run(
                        processor, options.out, SafeName.of(film.stem()), options.run.overwrite, colouring, live.live);
                var exit = finish(film, outcome, messages);
                return outcome.report().isPresent() && options.evaluate.isPresent()
                        ? evaluate(colorizer, outcome, settings, how.withFlow(), exit, messages, stop)
                        : exit;
            }
        }
    }

    private int evaluate(
            Colorizer colorizer,
            Colorizer.Outcome outcome,
            FilmSettings settings,
            boolean withFlow,
            int exit,
            Messages messages,
            StopSignal stop)
            throws Exception {
        var folder = outcome.result().folder();
        var coloured = new FilmFile(folder.resolve(Colouring.FILM + "." + options.container));
        var leftOut = colorizer.leaveOneOut();
        var scores = new Evaluator(
                        coloured,
                        OneFilm.of(options.evaluate.orElseThrow()),
                        settings,
                        colorizer.referenceFrames(),
                        withFlow,
                        frames -> {},
                        stop::requested)
                .run(leftOut);
        if (scores.isEmpty()) {
            return ExitCode.INTERRUPTED.number();
        }
        EvaluationTable.write(folder.resolve("evaluation"), scores.get(), messages);
        return exit;
    }

    private VggWeights weights(ColorizeReader reader, Optional<Model> model, Messages messages)
            throws WeightsException {
        var loading = new WeightsLoading(environment, options.engines.weightsFrom, messages);
        var wanted = reader.layers().or(() -> model.map(each -> named(reader, each)));
        return wanted.isPresent()
                ? loading.load(
                        options.engines.weights, wanted.get().get(wanted.get().size() - 1))
                : loading.loadFurther(options.engines.weights, reader.deepestNeeded(), reader.deepestWished());
    }

    private static List<VggLayer> named(ColorizeReader reader, Model model) {
        var layers = new ArrayList<VggLayer>();
        for (var name : model.facts().layers()) {
            layers.add(reader.network()
                    .byName(name)
                    .orElseThrow(() -> new UsageException("The model's layer " + name + " is none of --network "
                            + reader.network().optionName() + "; choose the network that it was trained with.")));
        }
        return layers;
    }

    private static Map<String, Optional<String>> resolved(
            Grid grid, List<VggLayer> layers, Preprocessing preprocessing) {
        var resolved = new HashMap<String, Optional<String>>();
        resolved.put(
                "layers", Optional.of(layers.stream().map(VggLayer::layerName).collect(Collectors.joining(","))));
        resolved.put("size", Optional.of(grid.width() + "x" + grid.height()));
        resolved.put("preprocess", Optional.of(preprocessing.optionName()));
        return resolved;
    }

    private int finish(SourceInput film, Colorizer.Outcome outcome, Messages messages) {
        messages.result(film.name(), outcome.result());
        outcome.report().ifPresent(report -> {
            var grey = report.shots().stream()
                    .filter(shot -> shot.head().equals("none"))
                    .count();
            if (grey > 0) {
                messages.say(String.format(
                        Locale.ROOT,
                        "%d of %d shots have no reference and stayed grey; --spread similar or"
                                + " pooled colours them, too",
                        grey,
                        report.shots().size()));
            }
            var first = true;
            for (var next : report.next()) {
                messages.tell(String.format(
                                Locale.ROOT,
                                "%s frame %d %s: %s; see %s",
                                first ? "colour" : "then",
                                next.frame(),
                                first ? "next" : "",
                                next.reason(),
                                outcome.result().folder().resolve(next.file()))
                        .replace("  ", " ")
                        .replace(" :", ":"));
                first = false;
            }
        });
        if (outcome.result().ending() == FilmResult.Ending.INTERRUPTED) {
            return ExitCode.INTERRUPTED.number();
        }
        return (outcome.result().counts().lost() > 0 ? ExitCode.INPUT : ExitCode.OK).number();
    }
}

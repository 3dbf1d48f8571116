package org.chromaprep.cli;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.chromaprep.dataset.SafeNames;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.FilmResult.Ending;
import org.chromaprep.pipeline.FilmSettings;
import org.chromaprep.pipeline.RunFacts;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.Sources;
import org.chromaprep.video.VideoWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chromaprep process}: the main job. */
@Command(
        name = "process",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Writes an annotated video, clusters and feature shards of films.")
final class ProcessCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Mixin
    private ProcessOptions options;

    @Spec
    private CommandSpec spec;

    ProcessCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        var reader = new SettingsReader(options);
        var plan = reader.plan();
        var messages = new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        var loading = new WeightsLoading(environment, messages);
        var inputs = expand();
        var weights = loading.load(options.weights, plan.deepest());
        var settings = reader.film(weights);
        settings.annotation().ifPresent(each -> VideoWriter.check(each.codec(), each.container()));
        var choice = new EngineChoice(options.engine, options.device, options.precision, 1);
        try (var engine = Engines.open(choice, plan, weights); var metrics = Metrics.open(options.metricsPort)) {
            messages.start(engine.description(), weights.origin(), reader.workers(), options.verbose);
            var facts = new RunFacts(reader.described(settings), weightsFacts(weights), versions(engine), !weights.origin().trained());
            return processAll(inputs, settings, engine, facts, reader.workers(), metrics.registry(), messages);
        }
    }

    private List<SourceInput> expand() throws SourceException {
        var inputs = new ArrayList<SourceInput>();
        for (var input : options.inputs) {
            inputs.addAll(Sources.expand(input));
        }
        return inputs;
    }

    private int processAll(List<SourceInput> inputs, FilmSettings settings, Engine engine, RunFacts facts, int workers,
            MeterRegistry registry, Messages messages) throws Exception {
        var stop = new StopSignal();
        var names = new SafeNames();
        var exit = ExitCode.OK;
        var interrupts = new Interrupts(stop, messages);
        try (var progress = new ProgressDisplay(messages)) {
            var processor = new FilmProcessor(settings, engine, facts, workers, registry, progress, stop);
            for (var input : inputs) {
                if (stop.requested()) {
                    return ExitCode.INTERRUPTED.number();
                }
                exit = worse(exit, processOne(processor, input, names.next(stem(input.name())), messages));
            }
        } finally {
            interrupts.close();
        }
        return stop.requested() ? ExitCode.INTERRUPTED.number() : exit.number();
    }

    // One bad film never stops the others; a full disk or a broken device stops them all.
    private ExitCode processOne(FilmProcessor processor, SourceInput input, String name, Messages messages)
            throws Exception {
        try {
            var result = processor.process(input, options.out, name, options.overwrite);
            messages.result(input.name(), result);
            return result.ending() != Ending.INTERRUPTED && result.counts().lost() > 0 ? ExitCode.INPUT : ExitCode.OK;
        } catch (SourceException e) {
            messages.error(e.getMessage());
            return ExitCode.INPUT;
        }
    }

    private static ExitCode worse(ExitCode one, ExitCode other) {
        return one == ExitCode.OK ? other : one;
    }

    private static String stem(String name) {
        var dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Map<String, String> weightsFacts(VggWeights weights) {
        var map = new LinkedHashMap<String, String>();
        map.put("kind", weights.origin().kind());
        map.put("sha256", weights.origin().sha256());
        return map;
    }

    private static Map<String, String> versions(Engine engine) {
        var description = engine.description();
        var map = new LinkedHashMap<String, String>();
        map.put("chromaprep", Version.number());
        map.put("engine", description.name() + " " + description.version());
        map.put("natives", description.natives());
        map.put("device", description.device());
        map.put("precision", description.precision());
        return map;
    }
}

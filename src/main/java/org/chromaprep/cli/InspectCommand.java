package org.chromaprep.cli;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.chromaprep.engine.EngineException;
import org.chromaprep.inspect.FramePicker;
import org.chromaprep.inspect.Inspection;
import org.chromaprep.inspect.Inspector;
import org.chromaprep.inspect.report.Report;
import org.chromaprep.vgg.Preprocessing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chromaprep inspect}: the walk-through of one picture. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Shows what VGG-16 makes of a picture or a film's frame: predictions, feature maps, hypercolumn "
                + "averages, clusters, similarities and an embedding, as figures and numbers.")
final class InspectCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Mixin
    private InspectOptions options;

    @Spec
    private CommandSpec spec;

    InspectCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        try {
            run(new Messages(spec.commandLine().getOut(), spec.commandLine().getErr()));
            return ExitCode.OK.number();
        } catch (OutOfMemoryError e) {
            throw new EngineException(
                    "Memory ran out (" + e.getMessage() + "); choose a smaller --size or a smaller"
                            + " picture, or give the JVM more by CHROMAPREP_JAVA_OPTS.",
                    e);
        }
    }

    private void run(Messages messages) throws Exception {
        NativesFolder.choose(environment);
        var reader = new InspectReader(options);
        // All but the preprocessing is known before weights are read, which may take long.
        var draft = reader.settings(Preprocessing.CAFFE);
        if (Files.exists(options.out) && !Files.isDirectory(options.out)) {
            throw new UsageException("--out " + options.out + " is a file; name a folder.");
        }
        var frame = new FramePicker(draft.grid(), draft.fit()).pick(OneFilm.of(options.input), reader.frame());
        var deepest = Inspector.plan(draft).deepest();
        var weights = new WeightsLoading(environment, options.engines.weightsFrom, messages)
                .loadFurther(options.engines.weights, deepest, options.network().last());
        var settings = reader.settings(weights.preprocessing());
        var door = options.engines
                .door()
                .preprocessing(settings.preprocessing())
                .threads(Runtime.getRuntime().availableProcessors());
        try (var opened = door.open(Inspector.plan(settings, weights), weights)) {
            messages.start(opened.engine().description(), weights.origin(), 1, options.verbose.given);
            options.engines.advice().ifPresent(advice -> messages.say("warning: " + advice));
            var inspection = new Inspector(settings, opened).inspect(frame);
            Report.write(inspection, Version.number(), options.out);
            summarise(inspection, messages);
        }
    }

    private void summarise(Inspection inspection, Messages messages) {
        inspection.noPredictions().ifPresent(why -> messages.say("note: " + why));
        messages.tell(String.format(
                Locale.ROOT,
                "%s: frame %d at %.3f s: %s; see %s",
                options.input,
                inspection.frame().time().index(),
                inspection.frame().time().seconds(),
                inspection
                        .predictions()
                        .map(each -> each.top().get(0))
                        .map(best -> String.format(Locale.ROOT, "%s (%.1f %%)", best.name(), 100 * best.probability()))
                        .orElse("no predictions"),
                options.out.resolve("inspect.html")));
    }
}

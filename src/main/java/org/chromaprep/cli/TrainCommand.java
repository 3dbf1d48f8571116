package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chromaprep.dataset.Split;
import org.chromaprep.learn.ModelFile;
import org.chromaprep.learn.fit.FitSettings;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.train.Check;
import org.chromaprep.train.TrainSettings;
import org.chromaprep.train.Trainer;
import org.chromaprep.train.TrainingData;
import org.chromaprep.train.Worth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep train}: a model from a data set. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Trains a model that colours films, on a data set of films in colour.")
final class TrainCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            description = "The folder that dataset build wrote, or the one above it.")
    private Path data = Path.of("");

    @Mixin
    final ConfigOption config = new ConfigOption();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "MODEL",
            description = "Folder that gets the model, its metrics and its page.")
    private Path out = Path.of("");

    @Option(
            names = "--target",
            defaultValue = "regression",
            paramLabel = "WHAT",
            description =
                    "What the heads predict: regression (a*, b* as numbers), classes (Zhang's) or histograms (Larsson's)."
                            + " Default: ${DEFAULT-VALUE}")
    private String target = "";

    @Option(
            names = "--heads",
            defaultValue = "3",
            paramLabel = "N",
            description =
                    "Heads of the ensemble; their disagreement says how far a colour is to be trusted. Default: ${DEFAULT-VALUE}")
    private int heads;

    @Option(
            names = "--hidden",
            defaultValue = "64",
            paramLabel = "N",
            description = "Width of a head's two hidden layers. Default: ${DEFAULT-VALUE}")
    private int hidden;

    @Option(
            names = "--steps",
            defaultValue = "3000",
            paramLabel = "N",
            description = "Batches at most. Default: ${DEFAULT-VALUE}")
    private int steps;

    @Option(
            names = "--rows",
            defaultValue = "1024",
            paramLabel = "N",
            description = "Pixels of a batch. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(
            names = "--rows-of-frame",
            defaultValue = "256",
            paramLabel = "N",
            description = "Pixels that are drawn from a frame each time it is read. Default: ${DEFAULT-VALUE}")
    private int rowsOfFrame;

    @Option(
            names = "--rate",
            defaultValue = "0.003",
            paramLabel = "X",
            description = "Largest learning rate of the cycle. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--decay",
            defaultValue = "0.0001",
            paramLabel = "X",
            description = "Decay of the weights. Default: ${DEFAULT-VALUE}")
    private double decay;

    @Option(
            names = "--uniform",
            defaultValue = "0.5",
            paramLabel = "X",
            description =
                    "With classes: how evenly all classes weigh, whatever their frequency, 0 to 1. Default: ${DEFAULT-VALUE}")
    private double uniform;

    @Option(
            names = "--temperature",
            defaultValue = "0.38",
            paramLabel = "X",
            description =
                    "With classes: of the annealed mean; near 0 is the likeliest class, 1 the mean. Default: ${DEFAULT-VALUE}")
    private double temperature;

    @Option(
            names = "--check",
            defaultValue = "100",
            paramLabel = "N",
            description = "Steps from one check on val to the next; each is committed. Default: ${DEFAULT-VALUE}")
    private int check;

    @Option(
            names = "--patience",
            defaultValue = "10",
            paramLabel = "N",
            description = "Checks that bring nothing better before training ends. Default: ${DEFAULT-VALUE}")
    private int patience;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Of the first weights and the pixels drawn. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--overwrite", description = "Train anew what is there.")
    private boolean overwrite;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        NativesFolder.choose(System.getenv());
        var messages =
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        var stop = new StopSignal();
        var interrupts = new Interrupts(stop, messages);
        try {
            var set = TrainingData.open(data);
            var settings = settings();
            messages.say(String.format(
                    Locale.ROOT,
                    "%s: %d films, %d frames in train, %d in val, %d in test",
                    set.folder(),
                    set.films(),
                    set.samples(Split.TRAIN),
                    set.samples(Split.VAL),
                    set.samples(Split.TEST)));
            var outcome = new Trainer(set, settings, Version.number(), new Printing(messages), stop::requested)
                    .run(out, overwrite);
            if (outcome.model().isEmpty()) {
                messages.say("stopped; the same command continues from the last check");
                return ExitCode.INTERRUPTED.number();
            }
            messages.tell(Worth.of(outcome.model().get().facts()).verdict());
            messages.tell(out.resolve(ModelFile.NAME) + "; see " + outcome.page());
            return ExitCode.OK.number();
        } finally {
            interrupts.close();
        }
    }

    private TrainSettings settings() {
        var kind = Choices.named("--target", target, Arrays.asList(TrainSettings.Kind.values()), each -> each.name()
                .toLowerCase(Locale.ROOT));
        return new TrainSettings(
                kind,
                heads,
                new FitSettings(hidden, steps, rows, rate, decay, seed),
                check,
                patience,
                rowsOfFrame,
                uniform,
                temperature);
    }

    /** Prints how it goes. */
    private record Printing(Messages messages) implements Trainer.Listener {
        @Override
        public void begins(int step, double grey, double mean) {
            messages.say(String.format(Locale.ROOT, "RMSE of a*, b* on val: grey %.2f, mean colour %.2f", grey, mean));
            if (step > 0) {
                messages.say("continuing from step " + step);
            }
        }

        @Override
        public void checked(Check each) {
            messages.say(String.format(
                    Locale.ROOT,
                    "step %d, epoch %d: loss %.4f, val %.2f%s",
                    each.step(),
                    each.epoch(),
                    each.loss(),
                    each.rmse(),
                    each.best() ? ", the best so far" : ""));
        }
    }
}

package org.chromaprep.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.chromaprep.dataset.Split;
import org.chromaprep.files.OutputException;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.Model;
import org.chromaprep.learn.ModelException;
import org.chromaprep.learn.ModelFacts;
import org.chromaprep.learn.ModelFile;
import org.chromaprep.learn.fit.Fit;
import org.chromaprep.vgg.VggLayer;

/** Trains a model. One thread, which has one more for each head. */
public final class Trainer {
    private final TrainingData data;
    private final TrainSettings settings;
    private final String version;
    private final Listener listener;
    private final BooleanSupplier stop;

    /** Hears how it goes, on the caller's thread. */
    public interface Listener {
        /**
         * Training begins, or continues.
         *
         * @param step the first to be taken
         * @param grey error on {@code val} with everything grey
         * @param mean error with everything in the mean colour
         */
        void begins(int step, double grey, double mean);

        /** A check was made and committed. */
        void checked(Check check);
    }

    /**
     * What came of it.
     *
     * @param model the model; empty where it was stopped, and the same again continues
     * @param page shows it
     */
    public record Outcome(Optional<Model> model, Path page) {}

    /**
     * @param version of the program, which the model names
     * @param stop asked at each step
     */
    public Trainer(TrainingData data, TrainSettings settings, String version, Listener listener, BooleanSupplier stop) {
        this.data = data;
        this.settings = settings;
        this.version = version;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Trains, or continues an earlier run of the same, or finds it done.
     *
     * @param out the model's folder
     * @param overwrite whether what an earlier run left counts for nothing
     * @throws TrainException if the data set cannot be read or learned from
     * @throws OutputException if the folder holds something else or cannot be written
     * @throws org.chromaprep.learn.fit.FitException if a fit fails
     * @throws InterruptedException if the thread is interrupted
     */
    public Outcome run(Path out, boolean overwrite)
            throws TrainException, OutputException, ModelException, InterruptedException {
        var wanted = new TrainingRecord(data.sha256(), settings.described(), version, Optional.empty());
        try (var folder = TrainingFolder.open(out, wanted, overwrite)) {
            var page = out.resolve(TrainingFolder.PAGE);
            if (folder.done()) {
                return new Outcome(Optional.of(ModelFile.read(out)), page);
            }
            try {
                var beginnings = Beginnings.of(data, settings);
                var ended = learn(folder, beginnings);
                if (ended.isEmpty()) {
                    return new Outcome(Optional.empty(), page);
                }
                return new Outcome(Optional.of(finish(folder, beginnings, ended.get())), page);
            } catch (IOException | IllegalArgumentException e) {
                throw new TrainException(
                        "The data set " + data.folder() + " cannot be learned from: " + e.getMessage() + ".", e);
            }
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + out + " cannot be unlocked (" + e.getMessage() + "); check its disk.", e);
        }
    }

    private List<Fit> fits(Beginnings beginnings) {
        var fits = new ArrayList<Fit>();
        for (var i = 0; i < settings.heads(); i++) {
            fits.add(new Fit(
                    settings.fit().withSeed(settings.fit().seed() + i),
                    beginnings.standardisation(),
                    beginnings.labels().target()));
        }
        return fits;
    }

    private Optional<TrainingState> learn(TrainingFolder folder, Beginnings beginnings)
            throws IOException, OutputException, InterruptedException {
        var fits = fits(beginnings);
        var val = HeldOut.of(
                data, Split.VAL, beginnings.standardisation(), settings.fit().seed());
        var state = folder.state();
        var threads = Executors.newFixedThreadPool(settings.heads());
        try (var stream = new BatchStream(data, beginnings.standardisation(), beginnings.labels(), settings)) {
            if (state.isPresent()) {
                for (var i = 0; i < fits.size(); i++) {
                    fits.get(i).restore(state.get().fits().get(i));
                }
                stream.go(state.get().stream());
            }
            var grey = val.score(0, 0).rmse();
            var mean = val.score(beginnings.meanA(), beginnings.meanB()).rmse();
            listener.begins(fits.get(0).steps(), grey, mean);
            var now = state;
            while (now.isEmpty() || !now.get().ended()) {
                var loss = steps(fits, stream, threads);
                if (loss.isEmpty()) {
                    return Optional.empty();
                }
                now = Optional.of(check(fits, stream, val, now, new double[] {loss.get(), grey, mean}));
                folder.commit(now.get());
                listener.checked(now.get().checks().get(now.get().checks().size() - 1));
            }
            return now;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Takes the steps up to the next check; their mean loss, or empty where it was stopped. */
    private Optional<Double> steps(List<Fit> fits, BatchStream stream, ExecutorService threads)
            throws IOException, InterruptedException {
        var rows = new float[settings.fit().rows() * fits.get(0).inputs()];
        var labels = new float[settings.fit().rows() * fits.get(0).outputs()];
        var until = Math.min(settings.fit().steps(), fits.get(0).steps() + settings.check());
        var sum = 0.0;
        var taken = 0;
        for (; fits.get(0).steps() < until; taken++) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            stream.next(rows, labels);
            var tasks = fits.stream()
                    .<Callable<Double>>map(fit -> () -> fit.step(rows, labels))
                    .toList();
            for (var loss : threads.invokeAll(tasks)) {
                try {
                    sum += loss.get() / fits.size();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException failure) {
                        throw failure;
                    }
                    throw (Error) e.getCause();
                }
            }
        }
        return Optional.of(sum / Math.max(1, taken));
    }

    private TrainingState check(
            List<Fit> fits, BatchStream stream, HeldOut val, Optional<TrainingState> before, double[] numbers) {
        var rmse = val.score(fits.stream().map(Fit::head).toList()).rmse();
        var checks = new ArrayList<>(before.map(TrainingState::checks).orElse(List.of()));
        var lowest = checks.stream().mapToDouble(Check::rmse).min().orElse(Double.POSITIVE_INFINITY);
        var best = rmse < lowest;
        checks.add(new Check(
                fits.get(0).steps(), stream.position().epoch() + 1, numbers[0], rmse, numbers[1], numbers[2], best));
        var own = fits.stream().map(Fit::state).toList();
        var since = 0;
        for (var i = checks.size() - 1; i >= 0 && !checks.get(i).best(); i--) {
            since++;
        }
        return new TrainingState(
                stream.position(),
                own,
                best ? own : before.map(TrainingState::best).orElse(own),
                checks,
                fits.get(0).steps() >= settings.fit().steps() || since >= settings.patience());
    }

    private Model finish(TrainingFolder folder, Beginnings beginnings, TrainingState state)
            throws IOException, OutputException {
        var fits = fits(beginnings);
        for (var i = 0; i < fits.size(); i++) {
            fits.get(i).restore(state.best().get(i));
        }
        var heads = fits.stream().map(Fit::head).toList();
        var part = data.samples(Split.TEST) > 0 ? Split.TEST : Split.VAL;
        var worth = worth(
                HeldOut.of(
                        data, part, beginnings.standardisation(), settings.fit().seed()),
                part,
                heads,
                beginnings);
        var model = new Model(heads, facts(worth, state));
        var pictures = HeldPictures.draw(data, part, heads, beginnings);
        var names = new LinkedHashMap<String, String>();
        for (var i = 0; i < pictures.size(); i++) {
            names.put(
                    folder.writePicture(i + 1, pictures.get(i).png()),
                    pictures.get(i).caption());
        }
        folder.finish(model, TrainingPage.html(model, worth, state.checks(), names));
        return model;
    }

    private static Worth worth(HeldOut held, Split part, List<Head> heads, Beginnings beginnings) {
        var model = held.score(heads);
        var grey = held.score(0, 0);
        var mean = held.score(beginnings.meanA(), beginnings.meanB());
        var films = new LinkedHashMap<String, List<Double>>();
        model.films()
                .forEach((film, rmse) -> films.put(
                        film, List.of(rmse, grey.films().get(film), mean.films().get(film))));
        return new Worth(part.label(), model.rmse(), grey.rmse(), mean.rmse(), films);
    }

    private ModelFacts facts(Worth worth, TrainingState state) {
        var from = new LinkedHashMap<String, String>();
        from.put("data_set", data.sha256());
        from.put("films", String.valueOf(data.films()));
        from.put("samples", String.valueOf(data.samples(Split.TRAIN)));
        var best = state.checks().stream()
                .filter(Check::best)
                .reduce((one, other) -> other)
                .orElseThrow();
        var metrics = worth.metrics();
        metrics.put("val_best_rmse", best.rmse());
        metrics.put("val_best_step", (double) best.step());
        return new ModelFacts(
                data.layers().stream().map(VggLayer::layerName).toList(),
                data.preprocess(),
                data.weights(),
                data.size(),
                from,
                settings.described(),
                metrics,
                version);
    }
}

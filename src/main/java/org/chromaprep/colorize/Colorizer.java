package org.chromaprep.colorize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.engine.Engine;
import org.chromaprep.evaluate.Evaluation;
import org.chromaprep.files.OutputException;
import org.chromaprep.learn.Model;
import org.chromaprep.learn.ModelFacts;
import org.chromaprep.output.film.ColourReport;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.FilmResult;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.colour.FrameColourist;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;

/**
 * Colours one film, from references, by a model, or both. Whoever makes one closes it, before the engine. One thread.
 */
public final class Colorizer implements AutoCloseable {
    private final SourceInput film;
    private final FilmSettings settings;
    private final ColorizeSettings how;
    private final Engine engine;
    private final ModelFacts facts;
    private final Optional<Model> model;
    private final FilmProgress progress;
    private final StopSignal stop;
    private final ExecutorService fits;
    private FilmReferences known = new FilmReferences(new FilmShots(List.of()), List.of(), Map.of());

    /**
     * @param settings of the run: no clusters, no dumps, no annotation, frames left interlaced
     * @param facts of the network, and the settings of the fit, as models record them
     * @param model colours what no reference does; empty for none
     * @param workers frames, or heads, that are worked on at the same time
     * @param progress is called with how the film is gone through
     * @param stop ends the work
     */
    public Colorizer(
            SourceInput film,
            FilmSettings settings,
            ColorizeSettings how,
            Engine engine,
            ModelFacts facts,
            Optional<Model> model,
            int workers,
            FilmProgress progress,
            StopSignal stop) {
        this.film = film;
        this.settings = settings;
        this.how = how;
        this.engine = engine;
        this.facts = facts;
        this.model = model;
        this.progress = progress;
        this.stop = stop;
        fits = Executors.newFixedThreadPool(Math.max(1, Math.min(workers, Lessons.HEADS)), work -> {
            var thread = new Thread(work, "chromaprep-fit");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Goes through the film for its shots and for the frames that the references are of. What a run by references alone begins
     * with.
     *
     * @param references folder of the coloured pictures
     * @return empty if a stop was asked for; otherwise what is to be said of it
     * @throws SourceException if the film cannot be read
     * @throws ReferenceException if a picture is of no frame, has no colours, or two contradict each other
     */
    public Optional<String> survey(Path references) throws SourceException, ReferenceException {
        return survey(info -> ReferenceFolder.read(references, settings.grid(), info));
    }

    /**
     * As {@link #survey(Path)}, with frames of a film in colour as references.
     *
     * @param colours a film with the same frames
     * @param which of each shot's frames are references
     */
    public Optional<String> survey(SourceInput colours, OwnFrames which) throws SourceException, ReferenceException {
        var shots = FilmPlan.choose(film, settings, FilmPlan.Choice.MIDDLE, stop::requested);
        if (stop.requested()) {
            return Optional.empty();
        }
        var pictures = which.pictures(colours, settings, shots, stop::requested);
        return stop.requested() ? Optional.empty() : survey(info -> pictures);
    }

    private Optional<String> survey(FilmReferences.Pictures pictures) throws SourceException, ReferenceException {
        progress.begin("shots of " + film.name(), OptionalLong.empty(), 0);
        try {
            var found = FilmReferences.find(
                    film,
                    settings,
                    pictures,
                    how.spread() == ColorizeSettings.Spread.SIMILAR,
                    how.withFlow(),
                    frames -> progress.frame(new LedgerCounts(frames, frames, 0, 0, 0)),
                    stop::requested);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            known = found.get();
        } finally {
            progress.end();
        }
        var with = known.shots().shots().stream()
                .filter(shot -> !known.of(shot).isEmpty())
                .count();
        return Optional.of(String.format(
                Locale.ROOT,
                "%d shots of %d frames; %d references in %d of them",
                known.shots().shots().size(),
                known.shots().frames(),
                known.references().size(),
                with));
    }

    /** Numbers of the frames that references were found for, ascending. */
    public List<Long> referenceFrames() {
        return known.references().stream().map(Reference::frame).toList();
    }

    /**
     * How well each reference is predicted by the others of its shot, where that has several.
     *
     * @throws SourceException if the film cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public List<Evaluation.LeftOut> leaveOneOut() throws SourceException, InterruptedException {
        try (var learner = new ShotLearner(
                        engine, settings.preprocessing(), settings.grid(), fits, how.seed(), how.withFlow());
                var network = new FrameNetwork(engine, settings.preprocessing(), settings.grid())) {
            return new LeaveOneOut(film, settings, known, learner, network, how.withFlow(), stop::requested).run();
        }
    }

    /** A hash of the references that were found and their frames; {@code none} where there are none. */
    public String referencesHash() {
        if (known.references().isEmpty()) {
            return "none";
        }
        return DigestUtils.sha256Hex(known.references().stream()
                .map(each -> each.frame() + " " + each.picture().sha256())
                .collect(Collectors.joining("\n")));
    }

    /** Opens what gives a film's colours, as the ring asks for it. */
    public FrameColourist open(Path folder, long firstFrame) {
        if (known.references().isEmpty()) {
            return new ModelColourist(model.orElseThrow(), settings.grid());
        }
        var learner =
                new ShotLearner(engine, settings.preprocessing(), settings.grid(), fits, how.seed(), how.withFlow());
        var spread = new SpreadHeads(how.spread(), known, learner, model, settings.grid(), stop::requested);
        var shots = new ShotPreparer(
                film, settings, known, learner, new HeadFiles(folder, facts), spread, firstFrame, stop::requested);
        return new ReferenceColourist(shots, settings.grid(), how.withFlow());
    }

    /**
     * Colours the film into its folder, or continues an earlier run of the same, and sums a finished run up.
     *
     * @param processor made with this object's {@link #open} in its {@link Colouring}
     * @param out the run's output folder
     * @param name the film's folder in it
     * @param overwrite whether another run's output is replaced
     * @param live whether the film is watched as if it happened now, and cannot be gone through again for frames to colour next
     * @throws Exception a SourceException, OutputException, EncodingException, EngineException or FitException with a sentence
     *     for the user, or whatever else a stage threw
     */
    public Outcome run(
            FilmProcessor processor, Path out, String name, boolean overwrite, Colouring colouring, boolean live)
            throws Exception {
        var result = processor.process(film, out, name, overwrite);
        if (result.ending() == FilmResult.Ending.INTERRUPTED) {
            return new Outcome(result, Optional.empty());
        }
        var folder = result.folder();
        if (Files.exists(folder.resolve(ColourReport.FILE))) {
            return new Outcome(result, Optional.of(ReportFile.read(folder)));
        }
        return new Outcome(result, report(folder, colouring, film.repeatable() && !live));
    }

    private Optional<ColourReport> report(Path folder, Colouring colouring, boolean again)
            throws OutputException, SourceException {
        var videos = new ArrayList<String>();
        videos.add(Colouring.FILM + "." + colouring.container());
        colouring.look().ifPresent(look -> videos.add(Colouring.LOOK + "." + look.container()));
        videos.removeIf(video -> !Files.exists(folder.resolve(video)));
        var from = new LinkedHashMap<String, String>();
        model.ifPresent(each -> from.putAll(each.facts().learnedFrom()));
        try (var network = new FrameNetwork(engine, settings.preprocessing(), settings.grid())) {
            return new ReportWriter(
                            film, settings, folder, known, from, new HeadFiles(folder, facts), network, stop::requested)
                    .write(videos, again);
        }
    }

    /**
     * How a run ended.
     *
     * @param result of the run
     * @param report of a finished one; empty where a stop was asked for
     */
    public record Outcome(FilmResult result, Optional<ColourReport> report) {}

    @Override
    public void close() {
        fits.shutdownNow();
    }
}

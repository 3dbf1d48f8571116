package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.files.DiskSpace;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.Stamp;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.Projection;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.film.ProjectionFiles;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.pipeline.watch.WatchedProgress;
import org.chromaprep.video.NoFrameException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.encode.VideoWriter;
import org.chromaprep.video.source.Deinterlacer;
import org.chromaprep.video.source.PeekedSource;
import org.chromaprep.video.source.Sources;
import org.chromaprep.video.survey.ColourKind;

/**
 * Processes films one after another with the same settings. The engine and the registry stay the caller's. Used by one
 * thread; {@link #beside} makes one for another.
 */
public final class FilmProcessor {
    /** To encode a frame takes about an eighth of a forward. */
    private static final int WORKERS_FOR_AN_ENCODER = 8;

    private static final int MOST_ENCODERS = 4;
    /** Of a film coded without loss and of the pictures to look at: luma with grain takes half of what it does uncoded. */
    private static final double COLOURED_BYTES_A_PIXEL = 0.6;

    private final FilmSettings settings;
    private final LiveSettings live;
    private final Engine engine;
    private final Provenance facts;
    private final MeterRegistry registry;
    private final FilmProgress progress;
    private final StopSignal stop;
    private final Optional<Colouring> colouring;
    private final List<String> shortages = new ArrayList<>();
    private Optional<ProjectionFiles.Stored> projection = Optional.empty();
    private int workers;
    private Duration commitEvery = Duration.ofSeconds(30);

    /** A processor that watches cameras and streams in the usual ways. */
    public FilmProcessor(
            FilmSettings settings,
            Engine engine,
            Provenance facts,
            int workers,
            MeterRegistry registry,
            FilmProgress progress,
            StopSignal stop) {
        this(settings, LiveSettings.DEFAULT, engine, facts, workers, registry, progress, stop);
    }

    /**
     * @param settings what is written
     * @param live how cameras and streams are watched
     * @param engine runs the network; its plan has the settings' grid as its input size
     * @param facts what manifests tell beside the film
     * @param workers frames computed at the same time, at least 1
     * @param registry takes the metrics
     * @param progress hears how films go on
     * @param stop ends runs early
     */
    public FilmProcessor(
            FilmSettings settings,
            LiveSettings live,
            Engine engine,
            Provenance facts,
            int workers,
            MeterRegistry registry,
            FilmProgress progress,
            StopSignal stop) {
        this(settings, live, engine, facts, workers, registry, progress, stop, Optional.empty());
    }

    /**
     * As the other one, for runs that colour films.
     *
     * @param colouring how; the settings then have no annotation
     */
    public FilmProcessor(
            FilmSettings settings,
            LiveSettings live,
            Engine engine,
            Provenance facts,
            int workers,
            MeterRegistry registry,
            FilmProgress progress,
            StopSignal stop,
            Optional<Colouring> colouring) {
        this.settings = settings;
        this.live = live;
        this.engine = engine;
        this.facts = facts;
        this.workers = workers;
        this.registry = registry;
        this.progress = live.desk()
                .<FilmProgress>map(each -> new WatchedProgress(each, progress))
                .orElse(progress);
        this.stop = stop;
        this.colouring = colouring;
    }

    /**
     * A processor that does the same beside this one, on another thread.
     *
     * @param itsProgress hears how its films go on
     */
    public FilmProcessor beside(FilmProgress itsProgress) {
        var other = new FilmProcessor(settings, live, engine, facts, workers, registry, itsProgress, stop, colouring);
        other.projection = projection;
        other.commitEvery = commitEvery;
        return other;
    }

    /**
     * How much time's work may be lost when the program or the machine is cut off; it decides nothing of what is written. Called
     * before the first film.
     */
    public void commitEvery(Duration time) {
        commitEvery = time;
    }

    /**
     * Does what concerns all films of a run and comes before the first: finds or makes the projection, where the settings ask
     * for one.
     *
     * @param films all of the run's
     * @param out the run's output folder
     * @param overwrite whether a projection of something else is replaced
     * @return a sentence about it, if there is something to tell
     * @throws Exception a SourceException, OutputException, EngineException or IllegalArgumentException with a sentence for
     *     the user
     */
    public Optional<String> prepare(List<SourceInput> films, Path out, boolean overwrite) throws Exception {
        if (settings.project().isEmpty()) {
            return Optional.empty();
        }
        projection = new ProjectionPass(settings, engine, facts, workers, progress, stop).run(films, out, overwrite);
        return projection
                .map(ProjectionFiles.Stored::record)
                .map(record -> String.format(
                        Locale.ROOT,
                        "%d principal components of %d features explain %.1f %% of the variance (%d frames of %d film%s, in %s)",
                        record.components(),
                        record.features(),
                        100 * record.explainedTogether(),
                        record.frames(),
                        record.films().size(),
                        record.films().size() == 1 ? "" : "s",
                        out.resolve(ProjectionFiles.ARRAY)));
    }

    /**
     * What a film comes to. It is opened for a moment, if it is a file.
     *
     * @throws SourceException if it cannot be opened
     */
    public FilmForecast forecast(SourceInput input) throws SourceException {
        return FilmForecast.of(input, settings, engine.plan(), stop);
    }

    /**
     * Processes one film into its folder, or goes on where an earlier run of the same command ended. Where memory runs out,
     * the film is gone on with by half the workers, and so are those after it. Where the settings ask for a projection,
     * {@link #prepare} comes first.
     *
     * @param input the film
     * @param out the run's output folder
     * @param name the film's folder name in it
     * @param overwrite whether another run's output is replaced
     * @throws Exception a SourceException, OutputException, EncodingException or EngineException with a sentence for the
     *     user, or whatever else a stage threw
     */
    public FilmResult process(SourceInput input, Path out, String name, boolean overwrite) throws Exception {
        return process(new FilmJob(input, name, overwrite), out);
    }

    /**
     * As {@link #process(SourceInput, Path, String, boolean)}, of a film that is one of a folder or of a list.
     *
     * @throws Exception as the other one
     */
    public FilmResult process(FilmJob job, Path out) throws Exception {
        var result = attempt(job, out);
        while (result.isEmpty()) {
            shortages.add("Memory ran out with " + workers + " workers; " + workers / 2 + " went on.");
            workers /= 2;
            result = attempt(job.continued(), out);
        }
        return result.get();
    }

    /**
     * What an earlier run has made whole of a film that is known to be the one it was, without opening it: the film's new place is
     * recorded, if it has one.
     *
     * @param stamp of the film's files today; empty where it has none
     * @return empty if the film is to be processed, whether for the first time, with other settings or as far as a run is missing
     * @throws OutputException if the folder cannot be written, or another process works on it
     */
    public Optional<FilmResult> finished(FilmJob job, Optional<Stamp> stamp, Path out) throws OutputException {
        if (live.duration().isPresent() || job.overwrite()) {
            return Optional.empty();
        }
        var folder = out.resolve(job.name());
        var found = FilmFolder.finished(folder, source -> description(source, Optional.empty()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var place = found.get().source().at(job.input().name(), job.path(), stamp.map(Stamp::modified), job.about());
        if (!place.equals(found.get().source())) {
            FilmFolder.open(out, job.name(), description(place, Optional.empty()), false)
                    .close();
        }
        return Optional.of(new FilmResult(
                folder,
                FilmResult.Ending.WAS_COMPLETE,
                found.get().ledger(),
                found.get().notes()));
    }

    /** Empty if memory ran out and fewer workers may fare better. */
    private Optional<FilmResult> attempt(FilmJob job, Path out) throws Exception {
        var input = job.input();
        var name = job.name();
        var overwrite = job.overwrite();
        if (settings.project().isPresent() && projection.isEmpty()) {
            throw new IllegalStateException("A projection is made before the first film.");
        }
        var end = new RunEnd(stop);
        if (input.maySleep()) {
            end.begin(live.duration());
        }
        var file = file(input);
        try (var source = Sources.open(
                input, SourceOptions.of(live.capture()).with(settings.pictures().reading()), end)) {
            var info = source.info();
            if (file.isPresent()) {
                file.get().hash(stop::requested);
            }
            if (stop.requested()) {
                return Optional.of(
                        new FilmResult(out.resolve(name), FilmResult.Ending.INTERRUPTED, LedgerCounts.NONE, List.of()));
            }
            var length = live.lengthOfFilm(input, info);
            var chosen = length.map(settings::lasting).orElse(settings);
            var view = FilmAnalysis.of(chosen, input, info);
            var description = description(describe(job, info, file, view.measured()), length);
            try (var folder = FilmFolder.open(out, name, description, overwrite)) {
                if (folder.complete()) {
                    return Optional.of(new FilmResult(
                            out.resolve(name),
                            FilmResult.Ending.WAS_COMPLETE,
                            folder.counts(),
                            folder.manifest().notes()));
                }
                var done = folder.counts().decoded();
                DiskSpace.check(out, expectedBytes(chosen, view.filmGrid(chosen.pictures(), info), info, file, done));
                progress.begin(name, expectedFrames(chosen, info, file, live.isLive(input, info) ? done : 0), done);
                try {
                    end.begin(live.duration().filter(each -> length.isEmpty()));
                    return Optional.of(process(chosen, input, source, view, file, folder, out.resolve(name)));
                } catch (EngineException | OutOfMemoryError e) {
                    var ranOut = !(e instanceof EngineException failure) || failure.ranOutOfMemory();
                    if (workers == 1 || !ranOut) {
                        throw e;
                    }
                    return Optional.empty();
                } finally {
                    progress.end();
                }
            }
        } catch (NoFrameException e) {
            if (stop.requested()) {
                return Optional.of(
                        new FilmResult(out.resolve(name), FilmResult.Ending.INTERRUPTED, LedgerCounts.NONE, List.of()));
            }
            if (file.isPresent()) {
                file.get().hash(stop::requested);
            }
            var description = description(describe(job, e.info(), file, Map.of()), live.lengthOfFilm(input, e.info()));
            try (var folder = FilmFolder.open(out, name, description, overwrite)) {
                return Optional.of(LostFilm.record(folder, out.resolve(name), e));
            }
        }
    }

    private RunDescription description(SourceRecord source, Optional<Duration> length) {
        var told = new LinkedHashMap<>(facts.settings());
        length.ifPresent(each -> told.put("duration", String.valueOf(each.toNanos() / 1e9)));
        return new RunDescription(
                told,
                source,
                facts.weights(),
                facts.versions(),
                facts.untrained(),
                projection.map(ProjectionFiles.Stored::record));
    }

    private Optional<InputFile> file(SourceInput input) throws SourceException {
        var files = input.files();
        return files.isEmpty() ? Optional.empty() : Optional.of(InputFile.of(files));
    }

    private FilmResult process(
            FilmSettings chosen,
            SourceInput input,
            VideoSource source,
            FilmAnalysis view,
            Optional<InputFile> file,
            FilmFolder folder,
            Path path)
            throws Exception {
        if (colouring.isEmpty()) {
            try (var film = Deinterlacer.of(source, view.fields())) {
                return process(chosen, input, film, view, file, folder, path, Optional.empty());
            }
        }
        var next = folder.checkpoint()
                .map(ResumeState::of)
                .orElseGet(ResumeState::beginning)
                .nextFrame();
        try (var film = new PeekedSource(source);
                var colourist = colouring.get().colourists().open(path, next);
                var work = ColourWork.of(colouring.get(), film.first(), film.info(), chosen.grid(), colourist)) {
            return process(chosen, input, film, view, file, folder, path, Optional.of(work));
        }
    }

    private FilmResult process(
            FilmSettings chosen,
            SourceInput input,
            VideoSource film,
            FilmAnalysis view,
            Optional<InputFile> file,
            FilmFolder folder,
            Path path,
            Optional<ColourWork> colours)
            throws Exception {
        var info = film.info();
        var earlier = folder.counts().decoded() + folder.counts().lost();
        var notes = new ArrayList<>(folder.manifest().notes());
        view.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        shortages.stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        if (colours.isPresent()) {
            colourNotes(info, view, colours.get()).stream()
                    .filter(note -> !notes.contains(note))
                    .forEach(notes::add);
        }
        var memory = folder.checkpoint().map(ResumeState::of).orElseGet(ResumeState::beginning);
        var painter = chosen.annotation()
                .map(each -> new PanelPainter(Panels.of(chosen, view, each, info, engine.plan(), facts)));
        var encoder = painter.map(each -> new EncoderSettings(
                chosen.annotation().orElseThrow().codec(),
                each.canvasWidth(),
                each.canvasHeight(),
                info.timeBase(),
                info.frameRate(),
                encoderThreads(),
                Panels.pixelAspect(chosen.annotation().get(), info)));
        painter.flatMap(each -> Panels.note(each, chosen.annotation().orElseThrow(), info))
                .filter(note -> !notes.contains(note))
                .ifPresent(notes::add);
        var rolling = encoder.flatMap(each -> live.recording()
                .map(recording -> new RollingVideo(
                        folder.file("recording"),
                        path.getFileName().toString(),
                        each,
                        chosen.annotation().orElseThrow().container(),
                        recording)));
        if (colours.isEmpty() && folder.missingSegment().isPresent()) {
            notes.add("A part of the annotated video was missing or damaged; all of it was painted anew.");
            folder.forgetVideo();
        }
        // A run that was to have another video, or none, has left no part of it.
        var repaints = encoder.isPresent()
                && rolling.isEmpty()
                && folder.segments().isEmpty()
                && folder.counts().written() > 0;
        var setup = new FilmRun.Setup(
                chosen,
                view,
                FilmFacts.of(path.getFileName().toString(), info, file),
                view.filmGrid(chosen.pictures(), info),
                engine,
                directions(),
                workers,
                painter,
                encoder,
                memory,
                repaints,
                registry,
                progress,
                stop,
                rolling,
                Optional.of(live).filter(each -> each.isLive(input, info) || each.drops(input, info)),
                live.drops(input, info),
                live.desk(),
                colours,
                file.filter(InputFile::isWatched),
                commitEvery);
        try (var run = new FilmRun(setup, folder)) {
            var whole = run.run(film, notes);
            var found = film.findings();
            found.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
            run.recorder().believe(found.believed());
            if (file.isPresent() && !isUnchanged(file.get(), folder)) {
                whole = false;
            }
            var video = Optional.<String>empty();
            if (!folder.segments().isEmpty() && (encoder.isPresent() || colours.isPresent())) {
                checkSegments(folder, colours.isPresent());
                video = join(
                        each -> new AnnotatedVideo(
                                chosen, input, info, found, each, run.recorder().videoEnd()),
                        folder,
                        encoder,
                        colours,
                        notes);
                whole &= video.isPresent();
            }
            if (whole) {
                folder.finish(video, run.recorder().progress(notes));
            }
            return new FilmResult(
                    path,
                    whole ? FilmResult.Ending.COMPLETE : FilmResult.Ending.INTERRUPTED,
                    folder.counts(),
                    notes,
                    earlier);
        }
    }

    // Where the network runs on a card, cores are free, and one of them
    // would not keep up with it; nor with many workers.
    private int encoderThreads() {
        return Math.min(
                MOST_ENCODERS,
                engine.description().onCard()
                        ? Math.max(1, Runtime.getRuntime().availableProcessors() / 4)
                        : 1 + workers / WORKERS_FOR_AN_ENCODER);
    }

    // Commits of films that are watched are of the film alone; others may have committed what is of two.
    private boolean isUnchanged(InputFile file, FilmFolder folder) throws SourceException, OutputException {
        try {
            return file.isUnchanged(stop::requested);
        } catch (SourceException changed) {
            if (!file.isWatched()) {
                folder.markMixture(String.valueOf(changed.getMessage()));
            }
            throw changed;
        }
    }

    private List<String> colourNotes(SourceInfo info, FilmAnalysis view, ColourWork colours) {
        var notes = new ArrayList<String>();
        if (ColourKind.COLOUR.label().equals(view.measured().get("colour"))) {
            notes.add(info.name() + " has colours of its own, which are ignored: its luma alone is coloured.");
        }
        if (!VideoWriter.isLossless(colouring.orElseThrow().codec())) {
            notes.add("The codec " + colouring.get().codec()
                    + " loses some of the luma that it is given; ffv1 keeps every number.");
        }
        if (colours.changesDepth()) {
            notes.add("The codec " + colouring.get().codec()
                    + " does not take luma of as many bits as the film's, which is rounded;" + " ffv1 does.");
        }
        return notes;
    }

    private void checkSegments(FilmFolder folder, boolean coloured) throws OutputException {
        var damaged = folder.damagedSegment(stop::requested);
        if (damaged.isPresent() && coloured) {
            throw new OutputException(
                    "The part " + damaged.get() + " of the video is not the one that was written: its SHA-256"
                            + " differs from the manifest's; `overwrite` replaces the run.");
        }
        if (damaged.isPresent()) {
            folder.forgetVideo();
            throw new OutputException(
                    "The part " + damaged.get() + " of the annotated video is not the one that was written: its"
                            + " SHA-256 differs from the manifest's; the same command paints the video anew, and keeps everything else.");
        }
    }

    /** The film that the manifest names, if there is one that is whole. */
    private Optional<String> join(
            Function<EncoderSettings, AnnotatedVideo> videos,
            FilmFolder folder,
            Optional<EncoderSettings> encoder,
            Optional<ColourWork> colours,
            List<String> notes)
            throws EncodingException {
        if (colours.isEmpty()) {
            return videos.apply(encoder.orElseThrow())
                    .join(
                            "annotated",
                            settings.annotation().orElseThrow().container(),
                            folder.segments(),
                            folder,
                            stop,
                            notes);
        }
        var look = colouring.orElseThrow().look();
        if (look.isPresent()) {
            var beside = videos.apply(colours.get().lookEncoder().orElseThrow())
                    .join(
                            Colouring.LOOK,
                            look.get().container(),
                            folder.segments().stream()
                                    .map(OutputNames::companion)
                                    .toList(),
                            folder,
                            stop,
                            notes);
            if (beside.isEmpty()) {
                return beside;
            }
        }
        return videos.apply(colours.get().encoder())
                .join(Colouring.FILM, colouring.get().container(), folder.segments(), folder, stop, notes);
    }

    private Optional<Projection> directions() {
        return projection.map(stored -> new Projection(
                stored.record().mean().stream().mapToDouble(Double::doubleValue).toArray(), stored.directions()));
    }

    private static SourceRecord describe(
            FilmJob job, SourceInfo info, Optional<InputFile> file, Map<String, String> measured) {
        return new SourceRecord(
                job.input().name(),
                job.path(),
                file.map(InputFile::bytes),
                file.map(InputFile::modified),
                file.flatMap(InputFile::sha256),
                info.codec(),
                info.width(),
                info.height(),
                info.frameRate().toString(),
                measured,
                job.about());
    }

    private long expectedBytes(
            FilmSettings chosen, Grid filmGrid, SourceInfo info, Optional<InputFile> file, long done) {
        if (colouring.isPresent()) {
            // What a lossless film takes at most, and once more while its parts are joined.
            var pixels = (double) info.width() * info.height();
            return (long) (2
                    * COLOURED_BYTES_A_PIXEL
                    * pixels
                    * new FilmEstimate(chosen.selection(), info, file).written(done));
        }
        return FilmForecast.bytes(chosen, engine.plan(), filmGrid, info, file, done);
    }

    private static OptionalLong expectedFrames(
            FilmSettings chosen, SourceInfo info, Optional<InputFile> file, long before) {
        var frames = FilmForecast.frames(chosen, info, file);
        return frames.isPresent() ? OptionalLong.of(before + frames.getAsLong()) : frames;
    }
}

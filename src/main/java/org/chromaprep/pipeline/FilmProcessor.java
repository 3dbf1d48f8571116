package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.engine.Engine;
import org.chromaprep.files.DiskRoom;
import org.chromaprep.files.DiskSpace;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.Stamp;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.ProjectionFiles;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.pipeline.watch.ProgressInTurn;
import org.chromaprep.pipeline.watch.WatchedProgress;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;

/**
 * Processes films one after another with the same settings. The engine and the registry stay the caller's. Used by one
 * thread; {@link #beside} makes one for another.
 */
public final class FilmProcessor {
    private static final Duration USUAL_COMMITS = Duration.ofSeconds(30);

    private final List<String> shortages = new ArrayList<>();
    private ProcessorSetup common;
    private RunWidth width;
    private boolean hasProcessed;

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
     * @param facts what manifests record beside the film
     * @param workers frames computed at the same time, at least 1
     * @param registry takes the metrics
     * @param progress is called with every film's progress
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
        this(
                new ProcessorSetup(
                        settings,
                        live,
                        engine,
                        facts,
                        registry,
                        watched(live, progress),
                        stop,
                        colouring,
                        Optional.empty(),
                        USUAL_COMMITS,
                        Optional.empty(),
                        new DiskRoom(DiskSpace::left),
                        false),
                new RunWidth(1, 1, workers));
    }

    private FilmProcessor(ProcessorSetup common, RunWidth width) {
        this.common = common;
        this.width = width;
    }

    /**
     * A processor that does the same beside this one, on another thread.
     *
     * @param itsProgress is called with its films' progress
     */
    public FilmProcessor beside(FilmProgress itsProgress) {
        return new FilmProcessor(common.with(watched(common.live(), itsProgress)), width);
    }

    private static FilmProgress watched(LiveSettings live, FilmProgress progress) {
        return live.desk()
                .<FilmProgress>map(each -> new ProgressInTurn(new WatchedProgress(each), progress))
                .orElse(progress);
    }

    /**
     * How much time's work may be lost when the program or the machine is cut off; it decides nothing of what is written. Called
     * before the first film.
     */
    public void commitEvery(Duration time) {
        common = common.with(time);
    }

    /**
     * How many parts of a film are computed at the same time, at most, and no more than there are workers; it decides nothing of what
     * is written, and nothing at all where the settings name no length of parts. Called before the first film.
     *
     * @param count at least 1; with 1, a film is read once, from its beginning to its end
     */
    public void partsAtOnce(int count) {
        width = width.withParts(count);
    }

    /**
     * Computes so much at the same time at most, this processor and those {@link #beside} it together. It decides nothing of what is
     * written. Called before the first film.
     */
    public void width(RunWidth most) {
        width = most;
    }

    /**
     * Computes less of films at the same time whose large pictures leave memory for no more. Called before the first film.
     *
     * @param share the memory that all films of the run share
     */
    public void share(MemoryShare share) {
        common = common.with(share);
    }

    /** How many films are processed at the same time at most, by this processor and those {@link #beside} it. */
    public int films() {
        return width.films();
    }

    /** Takes note that no more films than so many are processed at the same time from now on. */
    public void films(int count) {
        common.memory().ifPresent(share -> share.films(count));
    }

    /**
     * Asks another than the system how much room there is: a share of the disk, say. A film whose output may not fit is refused
     * before anything of it is written. Called before the first film.
     */
    public void disk(DiskSpace.Left left) {
        common = common.with(new DiskRoom(left));
    }

    /**
     * Reads films of unfinished runs from end to end before they are continued, instead of believing their sizes and time stamps. Called
     * before the first film.
     */
    public void rehash(boolean isWanted) {
        common = common.withRehash(isWanted);
    }

    /**
     * Whether an output folder has room for another film beside those that this processor and those {@link #beside} it process now.
     *
     * @param needed bytes that it may write
     */
    public boolean hasRoom(Path out, long needed) {
        return common.disk().has(out, needed);
    }

    /** How many bytes an output folder, which need not be there, has room for; empty where nobody says. */
    public OptionalLong left(Path out) {
        return common.disk().left(out);
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
        if (common.settings().project().isEmpty()) {
            return Optional.empty();
        }
        var pass = new ProjectionPass(
                common.settings(), common.engine(), common.facts(), width.workers(), common.progress(), common.stop());
        common = common.with(pass.run(films, out, overwrite));
        return common.projection()
                .map(ProjectionFiles.Stored::record)
                .map(record -> String.format(
                        Locale.ROOT,
                        "%s%d principal components of %d features explain %.1f %% of the variance (%d frames of %d film%s, in %s)",
                        pass.mended().map(each -> each + " ").orElse(""),
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
        return FilmForecast.of(input, common.settings(), common.engine().plan(), common.stop());
    }

    /**
     * Processes one film into its folder, or continues where an earlier run of the same command ended. Where memory runs out,
     * the film is continued with half the workers, and so are those after it. Where the settings ask for a projection,
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
        if (common.settings().project().isPresent() && common.projection().isEmpty()) {
            throw new IllegalStateException("A projection is made before the first film.");
        }
        if (hasProcessed) {
            // The maps of the film before are freed when the collector finds them unused.
            System.gc();
            NativeHeap.trim();
        }
        hasProcessed = true;
        var result = attempt(job, out);
        while (result.isEmpty()) {
            var fewer = width.workers() / 2;
            shortages.add("Memory ran out with " + width.workers() + " workers; " + fewer + " continued.");
            width = width.withWorkers(fewer);
            result = attempt(job.continued(), out);
        }
        return result.get();
    }

    private Optional<FilmResult> attempt(FilmJob job, Path out) throws Exception {
        return new FilmAttempt(common, job, out, width, shortages).make();
    }

    /**
     * Plans a film's parts, unless they are planned, for {@link #part} to compute anywhere that sees the same output folder, one after
     * another or at the same time. {@link #process} then merges those that are there and computes the others, where parts may be
     * computed at the same time.
     *
     * @return how many there are; 0 if the film is whole, or was begun without parts; empty if a stop was requested
     * @throws Exception as {@link #process(FilmJob, Path)}
     */
    public Optional<Integer> plan(FilmJob job, Path out) throws Exception {
        return new FilmAttempt(common, job, out, width, shortages).plan();
    }

    /**
     * Computes one of a film's parts, unless it is whole.
     *
     * @param number from 0
     * @return the number; empty if a stop was requested
     * @throws Exception as {@link #process(FilmJob, Path)}; a SourceException if the film has no plan, or no such part
     */
    public Optional<Integer> part(FilmJob job, int number, Path out) throws Exception {
        return new FilmAttempt(common, job, out, width, shortages).part(number);
    }

    /**
     * What an earlier run has made whole of a film that is known to be the one it was, without opening it: the film's new place is
     * recorded, if it has one, and what a run left that was ended in its last moment is removed.
     *
     * @param stamp of the film's files today; empty where it has none
     * @return empty if the film is to be processed, whether for the first time, with other settings or as far as a run is missing
     * @throws OutputException if the folder cannot be written, or another process works on it
     */
    public Optional<FilmResult> finished(FilmJob job, Optional<Stamp> stamp, Path out) throws OutputException {
        if (common.live().duration().isPresent() || job.overwrite()) {
            return Optional.empty();
        }
        var folder = out.resolve(job.name());
        var found = FilmFolder.finished(folder, source -> FilmRecords.run(common, source, Optional.empty()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var place = found.get().source().at(job.input().name(), job.path(), stamp.map(Stamp::modified), job.about());
        if (!place.equals(found.get().source()) || FilmFolder.hasLeftovers(folder)) {
            FilmFolder.open(out, job.name(), FilmRecords.run(common, place, Optional.empty()), false)
                    .close();
        }
        return Optional.of(new FilmResult(
                folder,
                FilmResult.Ending.WAS_COMPLETE,
                found.get().ledger(),
                found.get().notes()));
    }
}

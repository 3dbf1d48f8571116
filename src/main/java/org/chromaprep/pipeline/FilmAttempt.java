package org.chromaprep.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.engine.EngineException;
import org.chromaprep.files.DiskRoom;
import org.chromaprep.files.OutputPlace;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.NoFrameException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.source.Deinterlacer;
import org.chromaprep.video.source.PeekedSource;
import org.chromaprep.video.source.Sources;

/**
 * One attempt at one film: opens the film and its folder, sees what is asked for of it, and processes what is not
 * done. Used by one thread.
 */
final class FilmAttempt {
    /** Of a film coded without loss and of the pictures to look at: luma with grain takes half of what it does uncoded. */
    private static final double COLOURED_BYTES_A_PIXEL = 0.6;

    private final ProcessorSetup common;
    private final FilmJob job;
    private final SourceInput input;
    private final Path out;
    private final OutputPlace place;
    private final RunWidth width;
    private final List<String> remarks;

    /**
     * @param out the run's output folder
     * @param width how much is computed at the same time, where memory is enough
     * @param remarks what is to be said of the attempts before
     */
    FilmAttempt(ProcessorSetup common, FilmJob job, Path out, RunWidth width, List<String> remarks) {
        this.common = common;
        this.job = job;
        this.input = job.input();
        this.out = out;
        this.place = new OutputPlace(out);
        this.width = width;
        this.remarks = List.copyOf(remarks);
    }

    private Path folder() {
        return out.resolve(job.name());
    }

    /**
     * Makes the attempt.
     *
     * @return empty if memory ran out and fewer workers may fare better
     * @throws Exception a SourceException, OutputException, EncodingException or EngineException with a sentence for the user, or
     *     whatever else a stage threw
     */
    Optional<FilmResult> make() throws Exception {
        var live = common.live();
        var stop = common.stop();
        place.check();
        var end = new RunEnd(stop);
        if (input.maySleep()) {
            end.begin(live.duration());
        }
        var file = file();
        var reading = common.settings().pictures().reading();
        try (var room = common.disk().share(out, folder(), input.name());
                var source =
                        Sources.open(input, SourceOptions.of(live.capture()).with(reading), end)) {
            var info = source.info();
            var fitting = fitting(info);
            var length = live.lengthOfFilm(input, info);
            var chosen = length.map(common.settings()::lasting).orElse(common.settings());
            var seen = look(file, chosen, info);
            if (seen.isEmpty()) {
                return Optional.of(nothingDone());
            }
            var view = seen.get();
            var description = FilmRecords.run(common, FilmRecords.source(job, info, file, view.measured()), length);
            // To hash and to survey a film takes long enough for a disk to go.
            place.check();
            var parts = new FilmParts(common, input, chosen, view, file, description, folder(), fitting);
            var mayHaveParts = width.parts() > 1 && parts.apply(info) && parts.remain(job.overwrite());
            if (mayHaveParts) {
                var merged = inParts(parts, info, chosen, file, fitting, room);
                if (merged.isEmpty() || !merged.get()) {
                    return merged.map(stopped -> nothingDone());
                }
            }
            if (!Files.exists(folder().resolve(Manifest.FILE))) {
                // What does not fit is not begun.
                room.reserve(expectedBytes(chosen, view.filmGrid(chosen.pictures(), info), info, file, 0));
            }
            try (var folder = FilmFolder.open(out, job.name(), description, job.overwrite() && !mayHaveParts)) {
                if (folder.complete()) {
                    return Optional.of(new FilmResult(
                            folder(),
                            FilmResult.Ending.WAS_COMPLETE,
                            folder.counts(),
                            folder.manifest().notes()));
                }
                if (file.isPresent() && input.repeatable()) {
                    StoredView.of(common, file.get(), view).write(folder());
                }
                var done = folder.counts().decoded();
                room.reserve(expectedBytes(chosen, view.filmGrid(chosen.pictures(), info), info, file, done));
                var before = live.isLive(input, info) ? done : 0;
                common.progress()
                        .begin(
                                job.name(),
                                expectedFrames(chosen, info, file, before),
                                done + folder.counts().lost());
                narrower(fitting, info).ifPresent(common.progress()::note);
                try {
                    end.begin(live.duration().filter(each -> length.isEmpty()));
                    return Optional.of(process(
                            new FilmWork(common, input, chosen, view, file, folder, folder()), source, fitting.ring()));
                } catch (EngineException | OutOfMemoryError e) {
                    if (width.workers() == 1 || !ranOut(e)) {
                        throw e;
                    }
                    return Optional.empty();
                } finally {
                    common.progress().end();
                }
            }
        } catch (NoFrameException e) {
            return Optional.of(stop.requested() ? nothingDone() : lost(e, file, live.lengthOfFilm(input, e.info())));
        }
    }

    /** Whether all parts are computed and merged; empty if memory ran out and fewer workers may fare better. */
    private Optional<Boolean> inParts(
            FilmParts parts,
            SourceInfo info,
            FilmSettings chosen,
            Optional<InputFile> file,
            RunWidth fitting,
            DiskRoom.Share room)
            throws Exception {
        room.reserve(expectedBytes(chosen, new Grid(info.height(), info.width()), info, file, 0));
        common.progress().begin(job.name(), expectedFrames(chosen, info, file, 0), 0);
        narrower(fitting, info).ifPresent(common.progress()::note);
        try {
            return Optional.of(parts.make());
        } catch (EngineException | OutOfMemoryError e) {
            if (width.workers() == 1 || !ranOut(e)) {
                throw e;
            }
            return Optional.empty();
        } finally {
            common.progress().end();
        }
    }

    /**
     * Plans the film's parts, unless they are planned.
     *
     * @return how many there are; 0 if the film is whole, or was begun without parts; empty if a stop was requested
     * @throws Exception as {@link #make}
     */
    Optional<Integer> plan() throws Exception {
        return opened(parts -> parts.remain(job.overwrite())
                ? parts.plan().map(plan -> plan.parts().size())
                : Optional.of(0));
    }

    /**
     * Computes one of the film's parts, unless it is whole.
     *
     * @param number from 0
     * @return empty if a stop was requested
     * @throws Exception as {@link #make}; a SourceException if the film has no plan, or no such part
     */
    Optional<Integer> part(int number) throws Exception {
        return opened(parts -> parts.compute(number) ? Optional.of(number) : Optional.empty());
    }

    private interface UseOfParts {
        Optional<Integer> of(FilmParts parts) throws Exception;
    }

    private Optional<Integer> opened(UseOfParts use) throws Exception {
        var file = file();
        try (var source = open()) {
            var info = source.info();
            var seen = look(file, common.settings(), info);
            if (seen.isEmpty()) {
                return Optional.empty();
            }
            var view = seen.get();
            var run = FilmRecords.run(common, FilmRecords.source(job, info, file, view.measured()), Optional.empty());
            var parts = new FilmParts(common, input, common.settings(), view, file, run, folder(), fitting(info));
            if (!parts.apply(info)) {
                throw new SourceException(
                        input.name() + " cannot be computed in parts: only films that can be read again have"
                                + " any, where `part-minutes` says how long they are.");
            }
            return use.of(parts);
        }
    }

    /**
     * Reads the film's hash and measures it, or takes both from what an unfinished run has recorded, or from the plan of the film's
     * parts, if its files are what they were by sizes and time stamps.
     *
     * @return empty if a stop was requested
     */
    private Optional<FilmAnalysis> look(Optional<InputFile> file, FilmSettings chosen, SourceInfo info)
            throws SourceException {
        var plan = PartsPlan.in(folder().resolve(OutputNames.PARTS))
                .filter(each -> !common.rehash()
                        && each.settings().equals(common.facts().settings())
                        && file.isPresent()
                        && file.get().isTrusted(each.source()));
        if (plan.isPresent()) {
            return unlessStopped(plan.get().view());
        }
        var stored = job.overwrite() || common.rehash() || file.isEmpty()
                ? Optional.<StoredView>empty()
                : StoredView.in(folder()).filter(each -> each.isOf(common, file.get()));
        if (stored.isPresent()) {
            file.get().trust(stored.get().hashes());
            return unlessStopped(stored.get().view());
        }
        if (file.isPresent()) {
            file.get().hash(common.stop()::requested);
        }
        return common.stop().requested() ? Optional.empty() : Optional.of(FilmAnalysis.of(chosen, input, info));
    }

    private Optional<FilmAnalysis> unlessStopped(FilmAnalysis view) {
        return common.stop().requested() ? Optional.empty() : Optional.of(view);
    }

    private VideoSource open() throws SourceException {
        var reading = common.settings().pictures().reading();
        return Sources.open(input, SourceOptions.of(common.live().capture()).with(reading), common.stop()::requested);
    }

    /** How much of this film is computed at the same time: its pictures count, too. */
    private RunWidth fitting(SourceInfo info) {
        return common.memory()
                .map(share -> share.of(width, new Grid(info.height(), info.width())))
                .orElse(width);
    }

    private Optional<String> narrower(RunWidth fitting, SourceInfo info) {
        return fitting.equals(width)
                ? Optional.empty()
                : Optional.of("with pictures of " + info.width() + "x" + info.height() + ", "
                        + MemoryShare.narrower(width, fitting));
    }

    private static boolean ranOut(Throwable failure) {
        return !(failure instanceof EngineException engine) || engine.ranOutOfMemory();
    }

    private FilmResult nothingDone() {
        return new FilmResult(folder(), FilmResult.Ending.INTERRUPTED, LedgerCounts.NONE, List.of());
    }

    private FilmResult lost(NoFrameException film, Optional<InputFile> file, Optional<Duration> length)
            throws Exception {
        if (file.isPresent()) {
            file.get().hash(common.stop()::requested);
        }
        var description = FilmRecords.run(common, FilmRecords.source(job, film.info(), file, Map.of()), length);
        place.check();
        try (var folder = FilmFolder.open(out, job.name(), description, job.overwrite())) {
            return LostFilm.record(folder, folder(), film);
        }
    }

    private Optional<InputFile> file() throws SourceException {
        var files = input.files();
        return files.isEmpty() ? Optional.empty() : Optional.of(InputFile.of(files));
    }

    private FilmResult process(FilmWork work, VideoSource source, RingSize ring) throws Exception {
        if (common.colouring().isEmpty()) {
            try (var film = Deinterlacer.of(source, work.view().fields())) {
                return work.process(
                        film, () -> Deinterlacer.of(open(), work.view().fields()), ring, Optional.empty(), remarks);
            }
        }
        var colouring = common.colouring().get();
        var next = work.memory().nextFrame();
        try (var film = new PeekedSource(source);
                var colourist = colouring.colourists().open(folder(), next);
                var colours = ColourWork.of(
                        colouring, film.first(), film.info(), work.chosen().grid(), colourist)) {
            var notes = new ArrayList<>(remarks);
            notes.addAll(colours.notes(film.info().name(), work.view()));
            return work.process(film, this::open, ring, Optional.of(colours), notes);
        }
    }

    private long expectedBytes(
            FilmSettings chosen, Grid filmGrid, SourceInfo info, Optional<InputFile> file, long done) {
        if (common.colouring().isPresent()) {
            // What a lossless film takes at most, and once more while its parts are joined.
            var pixels = (double) info.width() * info.height();
            return (long) (2
                    * COLOURED_BYTES_A_PIXEL
                    * pixels
                    * new FilmEstimate(chosen.selection(), info, file).written(done));
        }
        return FilmForecast.bytes(chosen, common.engine().plan(), filmGrid, info, file, done);
    }

    private static OptionalLong expectedFrames(
            FilmSettings chosen, SourceInfo info, Optional<InputFile> file, long before) {
        var frames = FilmForecast.frames(chosen, info, file);
        return frames.isPresent() ? OptionalLong.of(before + frames.getAsLong()) : frames;
    }
}

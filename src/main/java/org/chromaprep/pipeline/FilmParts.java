package org.chromaprep.pipeline;

import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.WithoutNetwork;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.Checkpoint;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.FilmMerge;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.LedgerLines;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.pipeline.sample.SampleSize;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.video.Approach;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.source.Deinterlacer;
import org.chromaprep.video.source.Sources;

/**
 * A film in parts that are computed at the same time: planned by reading it once without the network, computed each in a folder of
 * its own, and merged. A part that was cut off is begun anew; what is whole is not computed again. What comes of it is what a run from
 * the film's beginning to its end has committed when it comes there, byte for byte, which such a run then finishes.
 */
final class FilmParts {
    private static final String PLANNING = "plan";

    private final ProcessorSetup common;
    private final SourceInput input;
    private final FilmSettings chosen;
    private final FilmAnalysis view;
    private final Optional<InputFile> file;
    private final RunDescription run;
    private final Path film;
    private final Path parts;
    private final String name;
    private final RunWidth width;

    /**
     * @param chosen what is written of the film
     * @param view how it is looked at
     * @param file its file; empty where it is none
     * @param run what is written
     * @param film its folder
     * @param width how much is computed at the same time
     */
    FilmParts(
            ProcessorSetup common,
            SourceInput input,
            FilmSettings chosen,
            FilmAnalysis view,
            Optional<InputFile> file,
            RunDescription run,
            Path film,
            RunWidth width) {
        this.common = common;
        this.input = input;
        this.chosen = chosen;
        this.view = view;
        this.file = file;
        this.run = run;
        this.film = film;
        this.parts = film.resolve(OutputNames.PARTS);
        this.name = String.valueOf(film.getFileName());
        this.width = width;
    }

    /** Whether the film is one that has parts and can be read several times. */
    boolean apply(SourceInfo info) {
        var live = common.live();
        return chosen.partLength().isPresent()
                && common.colouring().isEmpty()
                && input.repeatable()
                && !live.isLive(input, info)
                && !live.drops(input, info)
                && live.desk().isEmpty()
                && live.recording().isEmpty();
    }

    /**
     * Whether no frame of the film is in its folder yet; a run that has begun at the film's beginning continues from there.
     *
     * @param overwrite whether what another run of the same film left is removed
     * @throws OutputException as {@link FilmFolder#open} does
     */
    boolean remain(boolean overwrite) throws OutputException {
        try (var folder = FilmFolder.open(film.resolveSibling(""), name, run, overwrite)) {
            return !folder.complete() && folder.checkpoint().isEmpty();
        }
    }

    /**
     * Plans, computes and merges the parts.
     *
     * @return whether all of it is done; not where a stop was requested
     * @throws Exception whatever a stage or the source threw
     */
    boolean make() throws Exception {
        var plan = plan();
        if (plan.isEmpty()) {
            return false;
        }
        var progress = new PartsProgress(common.progress());
        if (!compute(plan.get(), progress)) {
            return false;
        }
        FilmMerge.merge(
                film.resolveSibling(""),
                name,
                run,
                plan.get().parts().stream().map(this::folder).toList());
        return true;
    }

    /**
     * Computes one part, unless it is whole.
     *
     * @param number from 0
     * @return whether it is whole; not where a stop was requested
     * @throws Exception whatever a stage or the source threw; a SourceException if there is no such part
     */
    boolean compute(int number) throws Exception {
        var plan = PartsPlan.in(parts).filter(each -> each.isOf(run));
        if (plan.isEmpty()) {
            throw new SourceException("The parts of " + input.name() + " are not planned in " + parts
                    + " with these settings; plan them first, by `part` plan.");
        }
        var all = plan.get().parts();
        if (number < 0 || number >= all.size()) {
            throw new SourceException(
                    input.name() + " has the parts 0 to " + (all.size() - 1) + ", and none of number " + number + ".");
        }
        FilmMerge.demand(film, run);
        var part = all.get(number);
        common.progress().begin(name, OptionalLong.of(part.counts().decoded()), 0);
        try {
            return compute(part, common.progress());
        } finally {
            common.progress().end();
        }
    }

    /**
     * Plans the parts, unless they are planned.
     *
     * @return empty if a stop was requested
     * @throws Exception whatever a stage or the source threw
     */
    Optional<PartsPlan> plan() throws Exception {
        var made = PartsPlan.in(parts).filter(each -> each.isOf(run));
        if (made.isPresent()) {
            return made;
        }
        FilmMerge.removeParts(film);
        Files.createDirectories(parts);
        var beginnings = new ArrayList<Beginning>();
        beginnings.add(Beginning.of(0, ResumeState.beginning(), LedgerCounts.NONE));
        var grid = chosen.grid();
        try (var engine = new WithoutNetwork(NetworkPlan.none(grid.height(), grid.width()));
                var source = open();
                var folder = FilmFolder.open(parts.resolve(PLANNING), name, run, false)) {
            var work = new FilmWork(
                    common.with(engine).with(PartsProgress.NONE),
                    input,
                    chosen.ofTheLedger(),
                    view,
                    file,
                    folder,
                    film);
            var whole = work.processPart(
                    source,
                    new RingSize(1, false),
                    (frame, behind, counts) -> beginnings.add(Beginning.of(frame, behind, counts)),
                    0,
                    Optional.empty());
            if (whole.isEmpty()) {
                return Optional.empty();
            }
            var plan = new PartsPlan(
                    run.settings(),
                    run.source(),
                    view,
                    parts(beginnings, whole.get(), folder.known(), framesOfShard(source.info())));
            plan.write(parts);
            return Optional.of(plan);
        }
    }

    /** Where a part begins: its first frame, what a run remembers there, and what became of all frames before. */
    private record Beginning(long frame, Checkpoint memory, String pictures, LedgerCounts before) {
        // What a run remembers grows as it continues.
        static Beginning of(long frame, ResumeState behind, LedgerCounts before) {
            return new Beginning(frame, behind.toCheckpoint(), FilmParts.pictures(behind), before);
        }

        int lines() {
            return Math.toIntExact(before.decoded() + before.lost());
        }
    }

    private int framesOfShard(SourceInfo info) {
        var sample = SampleSize.of(
                chosen.dumps(), chosen.shape(common.engine().plan(), view.filmGrid(chosen.pictures(), info)));
        return chosen.dumps().isEmpty() ? 0 : chosen.shardFrames(sample).orElseThrow();
    }

    private static List<PartsPlan.Part> parts(
            List<Beginning> beginnings, ResumeState end, List<LedgerLine> lines, int framesOfShard) {
        var parts = new ArrayList<PartsPlan.Part>();
        var shards = 0;
        for (var i = 0; i < beginnings.size(); i++) {
            var begin = beginnings.get(i);
            var isLast = i + 1 == beginnings.size();
            var own = lines.subList(
                    begin.lines(), isLast ? lines.size() : beginnings.get(i + 1).lines());
            var counts = LedgerCounts.of(own);
            var count = framesOfShard == 0 ? 0 : (int) ((counts.written() + framesOfShard - 1) / framesOfShard);
            parts.add(new PartsPlan.Part(
                    i,
                    begin.frame(),
                    isLast ? Long.MAX_VALUE : beginnings.get(i + 1).frame(),
                    begin.memory(),
                    begin.before().written(),
                    begin.lines(),
                    shards,
                    count,
                    counts,
                    PartsPlan.hash(own),
                    isLast ? pictures(end) : beginnings.get(i + 1).pictures()));
            shards += count;
        }
        return parts;
    }

    // Of all pictures of the film up to there.
    private static String pictures(ResumeState behind) {
        return behind.reader()
                .map(each -> String.format(Locale.ROOT, "%016x", each.place().fingerprint()))
                .orElse("");
    }

    private VideoSource open() throws SourceException {
        var reading = chosen.pictures().reading();
        return Deinterlacer.of(
                Sources.open(input, SourceOptions.of(common.live().capture()).with(reading), common.stop()::requested),
                view.fields());
    }

    private Path folder(PartsPlan.Part part) {
        return parts.resolve(String.format(Locale.ROOT, "%06d", part.number()));
    }

    private boolean compute(PartsPlan plan, PartsProgress progress) throws Exception {
        var waiting = new ArrayBlockingQueue<PartsPlan.Part>(plan.parts().size(), true, plan.parts());
        var together = Math.min(width.rings(), plan.parts().size());
        var threads = Executors.newFixedThreadPool(together);
        try {
            var ends = new ArrayList<Future<Boolean>>();
            for (var lane = 0; lane < together; lane++) {
                ends.add(threads.submit(() -> lane(waiting, progress)));
            }
            var whole = true;
            for (var end : ends) {
                whole &= end.get();
            }
            return whole;
        } catch (ExecutionException e) {
            throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            waiting.clear();
            threads.shutdown();
            while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
                // Parts end at their next frame, or when they are whole.
            }
        }
    }

    private static Exception rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (Exception) failure;
    }

    private boolean lane(BlockingQueue<PartsPlan.Part> waiting, PartsProgress progress) throws Exception {
        try {
            for (var part = waiting.poll(); part != null; part = waiting.poll()) {
                if (common.stop().requested() || !compute(part, progress.of(part.number()))) {
                    return false;
                }
            }
            return true;
        } catch (Exception | Error e) {
            // The others end with the parts that they have in hand.
            waiting.clear();
            throw e;
        }
    }

    private boolean compute(PartsPlan.Part part, FilmProgress progress) throws Exception {
        var place = folder(part);
        if (FilmMerge.isWhole(place.resolve(name), run)) {
            progress.frame(part.counts());
            return true;
        }
        Files.createDirectories(place);
        var memory = ResumeState.of(part.beginning());
        var behind = memory.entrance().flatMap(entrance -> before(part));
        if (behind.isPresent()) {
            for (var approach : Approach.values()) {
                var end = compute(part, Optional.of(approach), memory, behind, progress);
                if (end != End.OTHERWISE) {
                    return end == End.WHOLE;
                }
            }
            progress.note(String.format(
                    Locale.ROOT,
                    "its frames before %,d are not those of the plan where the film is entered in its midst; it is read from its"
                            + " beginning",
                    memory.nextFrame()));
        }
        return compute(part, Optional.empty(), memory, Optional.empty(), progress) == End.WHOLE;
    }

    private enum End {
        WHOLE,
        STOPPED,
        /** What was read is not what was planned. */
        OTHERWISE
    }

    private End compute(
            PartsPlan.Part part,
            Optional<Approach> approach,
            ResumeState memory,
            Optional<List<LedgerLine>> behind,
            FilmProgress progress)
            throws Exception {
        try (var source = new FilmRange(open(), part.endFrame())) {
            if (approach.isPresent()) {
                var place = memory.entrance();
                if (place.isEmpty() || !source.enter(place.get(), approach.get())) {
                    return End.OTHERWISE;
                }
                progress.note(FilmEntrance.sentence(approach.get(), memory.nextFrame()));
            }
            try (var folder = FilmFolder.openPart(folder(part), name, run, part.beginning(), part.firstShard())) {
                var work = new FilmWork(common.with(progress), input, chosen, view, file, folder, film);
                var end = work.processPart(source, width.ringOfPart(), PartWatch.NONE, part.writtenBefore(), behind);
                if (end.isEmpty()) {
                    return End.STOPPED;
                }
                if (approach.isEmpty()) {
                    check(part, folder);
                    return End.WHOLE;
                }
                return isAsPlanned(part, folder) && pictures(end.get()).equals(part.pictures())
                        ? End.WHOLE
                        : End.OTHERWISE;
            }
        }
    }

    // What the plan has read before the part.
    private Optional<List<LedgerLine>> before(PartsPlan.Part part) {
        var lines = new ArrayList<LedgerLine>();
        try (var all = LedgerLines.read(parts.resolve(PLANNING).resolve(name))) {
            while (lines.size() < part.linesBefore() && all.hasNext()) {
                lines.add(all.next());
            }
        } catch (IOException | OutputException | RuntimeJsonMappingException gone) {
            return Optional.empty();
        }
        return lines.size() == part.linesBefore() ? Optional.of(lines) : Optional.empty();
    }

    private static boolean isAsPlanned(PartsPlan.Part part, FilmFolder folder) throws OutputException {
        return folder.counts().equals(part.counts())
                && folder.manifest().shards().size() == part.shards()
                && PartsPlan.hash(folder.known()).equals(part.frames());
    }

    // What was read for the plan and what was read for the part are the same film, frame by frame.
    private void check(PartsPlan.Part part, FilmFolder folder) throws OutputException, SourceException {
        if (!isAsPlanned(part, folder)) {
            folder.markMixture("its part " + part.number() + " was read otherwise than when the parts were planned.");
            throw new SourceException(input.name() + " gave other frames when its part " + part.number()
                    + " was computed than when its parts were planned (" + folder.counts() + " where "
                    + part.counts() + " were due); check the disk that it lies on, and run the same command with"
                    + " `parts-at-once` 1.");
        }
    }
}

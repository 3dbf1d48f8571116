package org.chromaprep.pipeline;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.LedgerLine.Outcome;
import org.chromaprep.output.film.Progress;
import org.chromaprep.output.shard.PartialShard;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.scene.ScenePicture;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.encode.EncodingException;

/**
 * The last stage: encodes the painted pictures, keeps the ledger and commits whatever a finished shard completes, and the
 * unfinished one of a run that is stopped. {@link #close} gives up what is not finished.
 */
final class RecordStage implements StageHandler.Work, AutoCloseable {
    /** Pictures that the ledger keeps of processed frames, at most, in a second of film. */
    private static final int PICTURES_A_SECOND = 4;

    /** The film's file, as far as it can be watched. */
    interface WatchedFilm {
        /**
         * @throws SourceException if it has changed since it was opened, or a stop came before that was known
         */
        void checkUnchanged() throws SourceException;
    }

    private final FilmFolder folder;
    private final FilmSettings settings;
    private final RunVideos videos;
    private final int framesOfACommit;
    private final StageTimes times;
    private final FilmProgress progress;
    private final Optional<FilmTimecode> timecode;
    private final WatchedFilm film;
    private final CommitPace pace;
    private final PartWatch parts;
    private final Map<String, Double> earlierStages;
    private ResumeState memory;
    private long saturated;
    private int frames;
    private OptionalLong videoEnd;
    private Map<String, String> believed = Map.of();
    private boolean begun;
    private boolean repaints;
    private long painted;
    private final Set<Long> ends = new HashSet<>();
    private boolean whole;

    /**
     * @param videos what is encoded; closed with this
     * @param framesOfACommit so many frames make a commit where no shard does
     * @param timecode of the film, where it has one
     * @param film which a commit is of
     * @param pace says when there is a commit between, where no shard does
     * @param parts is called with each part but the first
     * @param framesOfPart that an earlier run has written of the part in hand
     */
    RecordStage(
            FilmFolder folder,
            FilmSettings settings,
            RunVideos videos,
            int framesOfACommit,
            StageTimes times,
            FilmProgress progress,
            ResumeState memory,
            Optional<FilmTimecode> timecode,
            WatchedFilm film,
            CommitPace pace,
            PartWatch parts,
            long framesOfPart) {
        this.parts = parts;
        this.earlierStages = folder.manifest().stages();
        this.film = film;
        this.pace = pace;
        // Regular commits are where they would be in a run that was never stopped.
        this.frames = settings.dumps().isEmpty() ? (int) (framesOfPart % framesOfACommit) : 0;
        this.folder = folder;
        this.settings = settings;
        this.videos = videos;
        this.framesOfACommit = framesOfACommit;
        this.times = times;
        this.progress = progress;
        this.memory = memory;
        this.videoEnd = memory.reader().map(ResumeState.Reader::videoEnd).orElseGet(OptionalLong::empty);
        this.timecode = timecode;
        this.saturated = folder.manifest().float16Saturated();
        var samples = 0L;
        for (var shard : folder.manifest().shards()) {
            samples += shard.samples();
            ends.add(samples);
        }
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (!begun && slot.decoded.began.isPresent()) {
            begin(slot.decoded.began);
        }
        for (var line : slot.decoded.before) {
            note(line);
        }
        if (slot.decoded.videoEnd.isPresent() && hasOutcome(slot.decoded.event)) {
            videoEnd = slot.decoded.videoEnd;
        }
        if (slot.decoded.again && !(slot.decoded.event instanceof FrameSlot.Event.End)) {
            return repaint(slot);
        }
        if (slot.decoded.event instanceof FrameSlot.Event.Frame) {
            record(slot);
        } else if (slot.decoded.event instanceof FrameSlot.Event.Skipped skipped) {
            skip(slot, skipped.reason());
            stand(slot);
        } else if (slot.decoded.event instanceof FrameSlot.Event.Lost lost) {
            lose(lost.frame());
            stand(slot);
        } else {
            if (slot.decoded.event instanceof FrameSlot.Event.Known) {
                reread(slot);
            }
            if (slot.decoded.event instanceof FrameSlot.Event.End end) {
                // What came after the last frame in hand was looked at, too.
                slot.looked.sight.ifPresent(sight -> memory = memory.withScenes(sight.state()));
                end(end.whole());
            }
            return false;
        }
        progress.frame(folder.counts());
        return slot.isFrame();
    }

    // Behind this event, a run that continues finds the next one.
    private void stand(FrameSlot slot) {
        memory = memory.at(slot.decoded.place.map(place -> new ResumeState.Reader(place, videoEnd)));
    }

    private static boolean hasOutcome(FrameSlot.Event event) {
        return !(event instanceof FrameSlot.Event.End) && !(event instanceof FrameSlot.Event.Left);
    }

    // From here on, a live run that is cut off shows in the ledger of the one that continues.
    private void begin(Optional<Instant> began) throws OutputException {
        begun = true;
        memory = memory.atTheBeginning(began);
        folder.commit(
                Optional.empty(),
                memory.toCheckpoint(),
                progress(folder.manifest().notes()));
    }

    // Its part of the video is committed with the first frame that is new, or not at all: half of it is of no use.
    private boolean repaint(FrameSlot slot) throws EncodingException, OutputException {
        repaints = true;
        reread(slot);
        if (slot.isFrame()) {
            endPainted();
            videos.write(slot);
            painted++;
        }
        return slot.isFrame();
    }

    // A video that is painted anew has its key frames where it had them: each commit of a shard began a part with one.
    private void endPainted() throws EncodingException, OutputException {
        var isEnd = settings.dumps().isEmpty() ? painted % framesOfACommit == 0 : ends.contains(painted);
        if (isEnd) {
            var part = videos.finish();
            if (part.isPresent()) {
                folder.paintedAnew(part.get());
            }
        }
    }

    // Lost frames have no picture and no number of their own.
    private void reread(FrameSlot slot) {
        if (slot.decoded.videoEnd.isPresent()) {
            progress.reread(slot.decoded.picture.time().index(), memory.nextFrame());
        }
    }

    private void record(FrameSlot slot) throws Exception {
        if (slot.looked.beginsPart) {
            endPart(slot);
        }
        if (repaints) {
            endPainted();
            repaints = false;
        }
        videos.write(slot);
        var clustered = settings.clustering().map(each -> slot.clustered.clustering);
        var time = slot.decoded.picture.time();
        var sight = slot.looked.sight.orElseThrow();
        var line = new LedgerLine(
                Optional.of(time.index()),
                DumpStage.boxed(time.pts()),
                Optional.of(time.seconds()),
                Outcome.WRITTEN,
                slot.stored.shard,
                Optional.of(slot.scene()),
                sight.place().start(),
                Optional.of(String.format(Locale.ROOT, "%016x", slot.looked.hash)),
                picture(sight, time.seconds()),
                clustered.map(each -> each.iterations()),
                clustered.map(each -> each.inertia()),
                clustered.map(each -> Arrays.stream(each.sizes()).boxed().toList()),
                slot.remark);
        if (slot.colour.isPresent()) {
            folder.line(coded(line), slot.colour.get());
        } else {
            folder.line(coded(line));
        }
        saturated += slot.dumped.float16Saturated;
        memory = new ResumeState(
                time.index() + 1,
                0,
                slot.scene(),
                sight.state(),
                slot.clustered.clusterState,
                slot.looked.seen,
                memory.taken(),
                true,
                pictureTick(time.seconds()),
                slot.decoded.began);
        stand(slot);
        if (!settings.choice().takesAll() && slot.decoded.clipFrame == 0) {
            memory.taken().add(slot.scene(), slot.looked.hash);
        }
        frames++;
        if (slot.stored.endsShard || settings.dumps().isEmpty() && frames >= framesOfACommit) {
            commit(Optional.empty());
            frames = 0;
        } else if (slot.stored.partial.isPresent() || settings.dumps().isEmpty() && pace.isDue(frames)) {
            commit(slot.stored.partial);
        }
    }

    // A part's last shard, ledger and video are whole before the next one begins, so that each can be made by itself.
    private void endPart(FrameSlot slot) throws Exception {
        parts.begins(slot.decoded.picture.time().index(), memory, folder.counts());
        if (slot.stored.endsShardBefore || settings.dumps().isEmpty() && frames > 0) {
            commit(Optional.empty());
        }
        frames = 0;
    }

    private LedgerLine coded(LedgerLine line) {
        return timecode.map(each -> each.on(line)).orElse(line);
    }

    private static long pictureTick(double seconds) {
        return (long) Math.floor(seconds * PICTURES_A_SECOND);
    }

    // Shots are recognised by pictures; these are enough for fast ones, and a ledger of every frame grows by half.
    private Optional<String> picture(SceneWatch.Sight sight, double seconds) {
        return sight.place().picture().isPresent() || pictureTick(seconds) == memory.pictured()
                ? sight.place().picture()
                : Optional.of(ScenePicture.of(sight.thumbnail()).toBase64());
    }

    private void skip(FrameSlot slot, String reason) throws OutputException {
        var time = slot.decoded.picture.time();
        var sight = slot.looked.sight.orElseThrow();
        folder.line(coded(LedgerLine.skipped(
                time.index(),
                DumpStage.boxed(time.pts()),
                time.seconds(),
                sight.place(),
                reason + slot.remark.map(remark -> "; " + remark).orElse(""))));
        memory = memory.passed(time.index(), sight.state());
    }

    private void lose(LostFrame lost) throws OutputException {
        folder.line(coded(LostFilm.line(lost)));
        memory = memory.lost();
    }

    private void note(LedgerLine line) throws OutputException {
        folder.line(coded(line));
        memory = line.frame().isPresent() ? memory.passed(line.frame().get(), memory.scenes()) : memory.lost();
    }

    private void commit(Optional<PartialShard> partial) throws Exception {
        film.checkUnchanged();
        folder.commit(
                partial,
                videos.finish(),
                memory.toCheckpoint(),
                progress(folder.manifest().notes()));
    }

    private void end(boolean ofTheFilm) throws Exception {
        videos.end();
        if (ofTheFilm) {
            memory = memory.atTheEnd();
            commit(Optional.empty());
            whole = true;
            return;
        }
        film.checkUnchanged();
        if (repaints) {
            videos.giveUp();
            folder.giveUpPainted();
            folder.commitOpen(Optional.empty(), progress(folder.manifest().notes()));
        } else {
            folder.commitOpen(videos.finish(), progress(folder.manifest().notes()));
        }
    }

    /** Whether every frame of the film, or of the part asked for, has its outcome and is committed; known after the end. */
    boolean whole() {
        return whole;
    }

    /** What a run remembers that has come this far. */
    ResumeState memory() {
        return memory;
    }

    /** Where the last frame with an outcome ends, in ticks of film time; empty before the first. */
    OptionalLong videoEnd() {
        return videoEnd;
    }

    /** What was made of the film's own claims, for the manifest. */
    void believe(Map<String, String> facts) {
        believed = facts;
    }

    /** What the manifest records of the run so far. */
    Progress progress(List<String> notes) {
        var stages = new TreeMap<>(earlierStages);
        times.seconds().forEach((stage, seconds) -> stages.merge(stage, seconds, Double::sum));
        return new Progress(stages, saturated, notes, believed);
    }

    @Override
    public void close() {
        videos.close();
    }
}

package org.chromaprep.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.encode.EncoderSettings;

/**
 * What is to be done of an open film in its open folder.
 *
 * @param common what all films have in common
 * @param input the film
 * @param chosen what is written of it
 * @param view how it is looked at
 * @param file its file; empty where it is none
 * @param folder its folder; stays the caller's
 * @param path of the folder
 */
record FilmWork(
        ProcessorSetup common,
        SourceInput input,
        FilmSettings chosen,
        FilmAnalysis view,
        Optional<InputFile> file,
        FilmFolder folder,
        Path path) {
    /** To encode a frame takes about an eighth of a forward. */
    private static final int WORKERS_FOR_AN_ENCODER = 8;

    private static final int MOST_ENCODERS = 4;

    /** Where an earlier run ended, or a film's beginning. */
    ResumeState memory() {
        return folder.checkpoint().map(ResumeState::of).orElseGet(ResumeState::beginning);
    }

    /**
     * Sends the film through the ring, from where an earlier run has left it, and finishes its folder, or commits how far it came.
     *
     * @param again opens the film once more
     * @param ring how large the ring is
     * @param colours how the film is coloured; empty where it is not
     * @param remarks sentences for the manifest
     * @throws Exception whatever a stage or the source threw
     */
    FilmResult process(
            VideoSource opened,
            FilmEntrance.Opening again,
            RingSize ring,
            Optional<ColourWork> colours,
            List<String> remarks)
            throws Exception {
        var info = opened.info();
        var earlier = folder.counts().decoded() + folder.counts().lost();
        var notes = new ArrayList<>(folder.manifest().notes());
        addNew(notes, view.notes());
        addNew(notes, remarks);
        var memory = memory();
        var painter = chosen.annotation()
                .map(each -> new PanelPainter(
                        Panels.of(chosen, view, each, info, common.engine().plan(), common.facts())));
        var encoder = painter.map(each -> encoder(chosen.annotation().orElseThrow(), each, info, ring.workers()));
        addNew(
                notes,
                painter.flatMap(each -> Panels.note(each, chosen.annotation().orElseThrow(), info)).stream()
                        .toList());
        var rolling = encoder.flatMap(this::rolling);
        if (colours.isEmpty() && folder.missingSegment().isPresent()) {
            notes.add("A part of the annotated video was missing or damaged; all of it was painted anew.");
            folder.forgetVideo();
        }
        // A run that was to have another video, or none, has left no part of it.
        var repaints = encoder.isPresent()
                && rolling.isEmpty()
                && folder.segments().isEmpty()
                && folder.counts().written() > 0;
        var live = common.live();
        var setup = new RunSetup(
                chosen,
                view,
                FilmFacts.of(String.valueOf(path.getFileName()), info, file),
                view.filmGrid(chosen.pictures(), info),
                common.engine(),
                common.directions(),
                ring,
                painter,
                encoder,
                memory,
                repaints,
                common.registry(),
                common.progress(),
                common.stop(),
                rolling,
                Optional.of(live).filter(each -> each.isLive(input, info) || each.drops(input, info)),
                live.drops(input, info),
                live.desk(),
                colours,
                file.filter(InputFile::isWatched),
                common.commitEvery(),
                PartWatch.NONE,
                folder.counts().written());
        var made = FilmRun.open(setup, folder);
        if (made.isEmpty()) {
            return new FilmResult(path, FilmResult.Ending.INTERRUPTED, folder.counts(), notes, earlier);
        }
        try (var run = made.get();
                var entrance = new FilmEntrance(opened, again, common.progress())) {
            var isThere = !repaints && colours.isEmpty() && entrance.enter(memory);
            var film = entrance.film();
            var whole = run.run(film, isThere ? Optional.of(folder.known()) : Optional.empty(), notes);
            var found = run.sufficed() ? film.findings().ofTheBeginning() : film.findings();
            addNew(notes, found.notes());
            run.recorder().believe(found.believed());
            whole &= isUnchanged();
            var video = Optional.<String>empty();
            var videos = new JoinedVideos(common, folder, encoder, colours);
            if (videos.any()) {
                videos.checkParts();
                Function<EncoderSettings, AnnotatedVideo> of = each -> new AnnotatedVideo(
                        chosen, input, info, found, each, run.recorder().videoEnd());
                video = videos.join(of, notes);
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

    /**
     * Sends a part of the film through the ring and commits it; joins nothing and finishes nothing.
     *
     * @param part of the film
     * @param ring how large the ring is
     * @param parts is called where parts begin
     * @param before frames that the parts before have written
     * @param behind the ledger's lines of what the film's reader is behind; empty where it is at the film's beginning
     * @return what a run remembers behind the part; empty if not every frame has its outcome
     * @throws Exception whatever a stage or the source threw
     */
    Optional<ResumeState> processPart(
            VideoSource part, RingSize ring, PartWatch parts, long before, Optional<List<LedgerLine>> behind)
            throws Exception {
        var info = part.info();
        var painter = chosen.annotation()
                .map(each -> new PanelPainter(
                        Panels.of(chosen, view, each, info, common.engine().plan(), common.facts())));
        var setup = new RunSetup(
                chosen,
                view,
                FilmFacts.of(String.valueOf(path.getFileName()), info, file),
                view.filmGrid(chosen.pictures(), info),
                common.engine(),
                chosen.project().isPresent() ? common.directions() : Optional.empty(),
                ring,
                painter,
                painter.map(each -> encoder(chosen.annotation().orElseThrow(), each, info, ring.workers())),
                memory(),
                false,
                common.registry(),
                common.progress(),
                common.stop(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                file.filter(InputFile::isWatched),
                common.commitEvery(),
                parts,
                before);
        var opened = FilmRun.open(setup, folder);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (var run = opened.get()) {
            return run.run(part, behind, new ArrayList<>()) && isUnchanged()
                    ? Optional.of(run.recorder().memory())
                    : Optional.empty();
        }
    }

    private static void addNew(List<String> notes, List<String> more) {
        more.stream().filter(note -> !notes.contains(note)).forEach(notes::add);
    }

    private EncoderSettings encoder(Annotation annotation, PanelPainter painter, SourceInfo info, int workers) {
        return new EncoderSettings(
                annotation.codec(),
                painter.canvasWidth(),
                painter.canvasHeight(),
                info.timeBase(),
                info.frameRate(),
                encoderThreads(workers),
                Panels.pixelAspect(annotation, info));
    }

    // Where the network runs on a card, cores are free, and one of them
    // would not keep up with it; nor with many workers.
    private int encoderThreads(int workers) {
        return Math.min(
                MOST_ENCODERS,
                common.engine().description().onCard()
                        ? Math.max(1, Runtime.getRuntime().availableProcessors() / 4)
                        : 1 + workers / WORKERS_FOR_AN_ENCODER);
    }

    private Optional<RollingVideo> rolling(EncoderSettings encoder) {
        return common.live()
                .recording()
                .map(recording -> new RollingVideo(
                        folder.file(OutputNames.RECORDING),
                        String.valueOf(path.getFileName()),
                        encoder,
                        chosen.annotation().orElseThrow().container(),
                        recording));
    }

    // Commits of films that are watched are of the film alone; others may have committed what is of two.
    private boolean isUnchanged() throws SourceException, OutputException {
        try {
            return file.isEmpty() || file.get().isUnchanged(common.stop()::requested);
        } catch (SourceException changed) {
            if (changed.isOfAChange() && !file.orElseThrow().isWatched()) {
                folder.markMixture(String.valueOf(changed.getMessage()));
            }
            throw changed;
        }
    }
}

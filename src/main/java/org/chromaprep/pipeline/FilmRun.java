package org.chromaprep.pipeline;

import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.micrometer.core.instrument.Gauge;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.chromaprep.annotate.GridPlacement;
import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.watch.LiveLook;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.VideoSource;

/**
 * The ring for one film: made, run and taken apart again by one thread. Owns its memory, its threads and what the stages hold.
 */
final class FilmRun implements AutoCloseable {
    private static final String FREE = "chromaprep.ring.free";

    /** Without shards, so many frames make a commit. */
    private static final int FRAMES_WITHOUT_SHARDS = 2_000;
    /** Coloured frames take longer than others without shards; so much work may be lost by a kill. */
    private static final int COLOURED_FRAMES = 100;
    /** Members that stay what they are when somebody who watches changes the clusters. */
    private static final Set<SampleMember> RECLUSTERABLE =
            Set.of(SampleMembers.LUMA, SampleMembers.LABELS, SampleMembers.MAPS, SampleMembers.DENSE);

    private final RunSetup setup;
    private final FilmSettings settings;
    private final FilmFolder folder;
    private final Owned owned;
    private final StageKit kit;
    private final SceneWatch scenes;
    private final LiveLook look;
    private final CountDownLatch drained = new CountDownLatch(1);
    private final Disruptor<FrameSlot> disruptor;
    private final RecordStage record;

    private FilmRun(RunSetup setup, FilmFolder folder, RunMemory memory, Owned owned) throws OutputException {
        this.setup = setup;
        this.settings = setup.settings();
        this.folder = folder;
        this.owned = owned;
        var state = new RunState();
        var times = new StageTimes(setup.registry());
        var handOver = new SleepingWaitStrategy();
        var gate = setup.live()
                .map(live -> new LiveGate(
                        state,
                        setup.workers(),
                        setup.drops(),
                        new LatencyLadder(live.maxLatency()),
                        new Latency(setup.registry()),
                        handOver));
        this.kit = new StageKit(
                setup,
                setup.repaints() ? ResumeState.beginning() : setup.memory(),
                state,
                times,
                handOver,
                gate,
                gate.map(each -> new StopSignal()).orElse(setup.stop()),
                owned);
        var layers =
                setup.engine().plan().layers().stream().map(VggLayer::layerName).toList();
        this.look = new LiveLook(Math.max(1, settings.clusters()), layers, AnnotateStage.USUAL_STRENGTH);
        this.scenes = new SceneWatch(setup.view().inside(), kit.states().scenes());
        owned.add(scenes::close);
        this.record = recordStage();
        owned.add(record::close);
        var threads = new StageThreads();
        this.disruptor = new Disruptor<>(memory.slots()::next, setup.slots(), threads, ProducerType.SINGLE, handOver);
        new RunStages(kit, folder, scenes, look).connect(disruptor, memory, record, drained::countDown);
        showFreeSlots();
        // Made last, so that it comes first: no thread is left when the rest is freed.
        owned.add(() -> {
            handOver.halt(disruptor);
            threads.join();
        });
    }

    // Of parts of a film that are computed at the same time, one has its ring shown.
    private void showFreeSlots() {
        var registry = setup.registry();
        var film = setup.film().name();
        synchronized (registry) {
            if (registry.find(FREE).tag("film", film).gauge() == null) {
                var free = Gauge.builder(FREE, disruptor, ring ->
                                (double) ring.getRingBuffer().remainingCapacity())
                        .description("Slots of the ring that wait for a frame")
                        .tag("film", film)
                        .register(registry);
                owned.add(() -> registry.remove(free));
            }
        }
    }

    /**
     * Makes the ring for one film. Where that fails or is stopped, everything that was made for it is freed.
     *
     * @return empty if a stop was requested before the ring was there
     * @throws OutputException if a shard could not hold a single sample
     * @throws org.chromaprep.engine.EngineException if memory runs out
     */
    static Optional<FilmRun> open(RunSetup setup, FilmFolder folder) throws OutputException {
        var owned = new Owned();
        try {
            var memory = new RunMemory(setup);
            owned.add(memory::close);
            if (memory.make()) {
                return Optional.of(new FilmRun(setup, folder, memory, owned));
            }
            owned.close();
            return Optional.empty();
        } catch (OutputException | RuntimeException | Error e) {
            owned.closeAfter(e);
            throw e;
        }
    }

    private RecordStage recordStage() throws OutputException {
        var colours = setup.colours();
        var videos = new RunVideos(
                folder,
                colours.map(ColourWork::encoder),
                colours.isPresent() ? colours.flatMap(ColourWork::lookEncoder) : setup.encoder(),
                setup.rolling());
        return new RecordStage(
                folder,
                settings,
                videos,
                colours.isPresent() ? COLOURED_FRAMES : FRAMES_WITHOUT_SHARDS,
                kit.times(),
                setup.progress(),
                setup.memory(),
                setup.film().timecode(),
                this::checkUnchanged,
                setup.pace(),
                setup.parts(),
                settings.partLength().isEmpty()
                        ? folder.counts().written()
                        : PartRule.behind(folder, settings.partLength()).frames());
    }

    private void checkUnchanged() throws SourceException {
        if (setup.file().isPresent() && !setup.file().get().isUnchanged(setup.stop()::requested)) {
            throw new SourceException(
                    "The film was touched while it was read, and the stop came before it was compared with what"
                            + " it was; the same command continues from the last commit.");
        }
    }

    /**
     * Sends the film through the ring and waits until every event has reached its end.
     *
     * @param behind the ledger's lines of what the film's reader is behind; empty where it is at the film's beginning
     * @return whether every frame of the film, or of the part asked for, has its outcome
     * @throws Exception what a stage or the source threw
     */
    boolean run(VideoSource source, Optional<List<LedgerLine>> behind, List<String> notes) throws Exception {
        setup.desk().ifPresent(each -> each.begin(shape(source.info().name()), look));
        if (kit.gate().isPresent()) {
            new LiveDecoder(
                            source,
                            disruptor.start(),
                            kit.handOver(),
                            !setup.drops(),
                            selection(),
                            setup.memory(),
                            folder.lastTime(),
                            scenes::look,
                            kit.state(),
                            setup.stop(),
                            kit.times())
                    .run();
            drain();
            kit.gate().get().tell(notes);
            // A live run that is stopped continues when it is started again.
            return record.whole() && !setup.stop().requested();
        }
        if (behind.isEmpty()) {
            source.keepPlaces();
        }
        var publisher = new GroupedPublisher(disruptor.start(), kit.handOver(), setup.batch());
        var decoder = new Decoder(
                source,
                publisher,
                selection(),
                setup.memory(),
                setup.repaints(),
                kit.state(),
                setup.stop(),
                kit.times());
        if (behind.isPresent()) {
            decoder.pass(behind.get());
        } else if (!setup.repaints() && setup.memory().nextFrame() > 0 && source.enterable()) {
            decoder.enter(folder.known());
        }
        decoder.run();
        drain();
        decoder.frameRemarks().ifPresent(notes::add);
        if (decoder.retimed() > 0) {
            notes.add(decoder.retimed()
                    + " frames come at the same time as the one before; the annotated video shows them a tick"
                    + " after it.");
        }
        return record.whole();
    }

    private RunMonitor.Shape shape(String name) {
        var changeable = settings.clusters() > 0
                && settings.seedPixels().isEmpty()
                && RECLUSTERABLE.containsAll(settings.dumps());
        var painter = setup.painter();
        return new RunMonitor.Shape(
                name,
                settings.grid(),
                look.layers(),
                changeable,
                painter.map(PanelPainter::panels)
                        .orElse(setup.colours().flatMap(ColourWork::look).isPresent() ? 2 : 0),
                painter.map(each -> (double) each.panelHeight() / each.canvasHeight())
                        .orElse(1.0),
                painter.map(PanelPainter::placement).orElse(GridPlacement.WHOLE));
    }

    private void drain() throws Exception {
        drained.await();
        kit.handOver().halt(disruptor);
        if (kit.state().failure().isPresent()) {
            rethrow(kit.state().failure().get());
        }
    }

    // Where a frame's picture decides whether it is taken, the decoder cannot count those that are.
    private FrameSelection selection() {
        return settings.choice().takesAll()
                ? settings.selection()
                : settings.selection().withoutLimit();
    }

    private static void rethrow(Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }

    /** Whether the run ended because there were frames enough. */
    boolean sufficed() {
        return kit.state().suffices();
    }

    RecordStage recorder() {
        return record;
    }

    @Override
    public void close() {
        owned.close();
    }
}

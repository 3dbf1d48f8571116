package org.chromaprep.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.EventHandlerGroup;
import com.lmax.disruptor.dsl.ProducerType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.annotate.GridPlacement;
import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.files.OutputException;
import org.chromaprep.hypercolumn.Crew;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.Projection;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.pipeline.colour.FrameColours;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.sample.PixelSampler;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.sample.SampleSize;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.settings.TakenFrames;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.pipeline.watch.LiveLook;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.scene.PerceptualHash;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.PlanePicture;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.chromaprep.video.scale.ColourScaler;
import org.chromaprep.video.scale.GreyScaler;

/**
 * The ring for one film: made, run and taken apart again by one thread. Owns the slots and what the stages hold.
 */
final class FilmRun implements AutoCloseable {
    private static final int LEAST_SLOTS = 4;
    /** Without shards, so many frames make a commit. */
    private static final int FRAMES_WITHOUT_SHARDS = 2_000;
    /** Coloured frames take longer than others without shards; so much work may be lost by a kill. */
    private static final int COLOURED_FRAMES = 100;
    /** Members that stay what they are when somebody who watches changes the clusters. */
    private static final Set<SampleMember> RECLUSTERABLE =
            Set.of(SampleMembers.LUMA, SampleMembers.LABELS, SampleMembers.MAPS, SampleMembers.DENSE);

    private final FilmSettings settings;
    private final FilmAnalysis view;
    private final Engine engine;
    private final Optional<PanelPainter> painter;
    private final Optional<ColourWork> colours;
    private final ResumeState memory;
    private final SceneWatch scenes;
    private final FilmFolder folder;
    private final ResumeState states;
    private final boolean repaints;
    private final StopSignal stop;
    private final Optional<LiveGate> gate;
    private final Optional<RunMonitor> desk;
    private final LiveLook look;
    private final int batch;
    private final RunState state = new RunState();
    private final StageTimes times;
    private final CountDownLatch drained = new CountDownLatch(1);
    private final SleepingWaitStrategy handOver = new SleepingWaitStrategy();
    private final Disruptor<FrameSlot> disruptor;
    private final List<FrameSlot> slots = new ArrayList<>();
    private final List<Runnable> closings = new ArrayList<>();
    private final RecordStage record;

    /**
     * Everything a run needs.
     *
     * @param settings how the film is processed
     * @param view how this film is looked at
     * @param engine runs the network; stays the caller's
     * @param projection what samples are told in; empty for their own features
     * @param workers frames computed at the same time
     * @param painter of the annotated video; empty for none
     * @param encoder of the annotated video; empty for none
     * @param memory of an earlier run
     * @param repaints whether that run's frames are to be computed again, for the annotated video alone
     * @param registry takes the metrics
     * @param progress hears of every frame
     * @param stop ends the run early
     * @param rolling records the annotated video as it happens, which the run closes; empty for one video at the end
     * @param desk where the run is watched; empty for nowhere
     * @param live how what happens now is watched; empty for a film
     * @param drops whether frames are dropped where they come too fast; only of what is watched
     * @param colours how the film is coloured; empty where it is not
     * @param commitEvery how much time's work may be lost
     * @param file the film's, to be found unchanged before each commit; empty where it is not watched
     */
    record Setup(
            FilmSettings settings,
            FilmAnalysis view,
            FilmFacts film,
            Grid filmGrid,
            Engine engine,
            Optional<Projection> projection,
            int workers,
            Optional<PanelPainter> painter,
            Optional<EncoderSettings> encoder,
            ResumeState memory,
            boolean repaints,
            MeterRegistry registry,
            FilmProgress progress,
            StopSignal stop,
            Optional<RollingVideo> rolling,
            Optional<LiveSettings> live,
            boolean drops,
            Optional<RunMonitor> desk,
            Optional<ColourWork> colours,
            Optional<InputFile> file,
            Duration commitEvery) {}

    FilmRun(Setup setup, FilmFolder folder) throws OutputException {
        this.settings = setup.settings();
        this.view = setup.view();
        this.engine = setup.engine();
        this.painter = setup.painter();
        this.colours = setup.colours();
        this.folder = folder;
        this.memory = setup.memory();
        this.repaints = setup.repaints();
        this.states = repaints ? ResumeState.beginning() : memory;
        this.stop = setup.stop();
        this.times = new StageTimes(setup.registry());
        this.desk = setup.desk();
        var layers = engine.plan().layers().stream().map(VggLayer::layerName).toList();
        this.look = new LiveLook(Math.max(1, settings.clusters()), layers, AnnotateStage.USUAL_STRENGTH);
        this.gate = setup.live()
                .map(live -> new LiveGate(
                        state,
                        setup.workers(),
                        setup.drops(),
                        new LatencyLadder(live.maxLatency()),
                        new Latency(setup.registry()),
                        handOver));
        // A frame that may be dropped waits for no other one.
        this.batch = setup.drops() ? 1 : engine.batch();
        // While workers compute their batches, the stages behind have some of those before, and the next ones wait.
        var forwarded = setup.workers() * batch;
        var size = Integer.highestOneBit(Math.max(LEAST_SLOTS, forwarded + Math.max(3, forwarded / 2)) * 2 - 1);
        this.disruptor = new Disruptor<>(this::newSlot, size, threads(), ProducerType.SINGLE, handOver);
        this.scenes = new SceneWatch(view.inside(), states.scenes());
        closings.add(scenes::close);
        var videos = new RunVideos(
                folder,
                colours.map(ColourWork::encoder),
                colours.isPresent() ? colours.flatMap(ColourWork::lookEncoder) : setup.encoder(),
                setup.rolling());
        this.record = new RecordStage(
                folder,
                settings,
                videos,
                colours.isPresent() ? COLOURED_FRAMES : FRAMES_WITHOUT_SHARDS,
                times,
                setup.progress(),
                memory,
                setup.film().timecode(),
                () -> checkUnchanged(setup.file()),
                pace(setup));
        closings.add(record::close);
        connect(setup, folder);
        var free = Gauge.builder("chromaprep.ring.free", disruptor, ring ->
                        (double) ring.getRingBuffer().remainingCapacity())
                .description("Slots of the ring that wait for a frame")
                .tag("film", setup.film().name())
                .register(setup.registry());
        closings.add(() -> setup.registry().remove(free));
    }

    // Coloured films are committed often, by their frames.
    private static CommitPace pace(Setup setup) {
        var group = setup.colours().isPresent()
                ? OptionalInt.empty()
                : setup.encoder().isEmpty() || setup.rolling().isPresent()
                        ? OptionalInt.of(1)
                        : VideoWriter.groupFrames(setup.encoder().get());
        return new CommitPace(setup.commitEvery(), group, System::nanoTime);
    }

    private void checkUnchanged(Optional<InputFile> file) throws SourceException {
        if (file.isPresent() && !file.get().isUnchanged(stop::requested)) {
            throw new SourceException(
                    "The film was touched while it was read, and the stop came before it was compared with what"
                            + " it was; the same command continues from the last commit.");
        }
    }

    private FrameSlot newSlot() {
        var clustering = new Clustering(
                Math.max(1, settings.clusters()),
                Math.max(1, engine.plan().features()),
                settings.grid().pixels());
        var canvas = painter.map(each -> each.canvasWidth() * each.canvasHeight())
                .or(() -> colours.flatMap(ColourWork::look).map(each -> each.canvasWidth() * each.canvasHeight()))
                .orElse(0);
        var slot = new FrameSlot(engine.newFrameFeatures(settings.grid()), clustering, canvas);
        colours.ifPresent(each -> slot.makeRoom(new ColouredFrame(
                new FrameColours(settings.grid()),
                new PlanePicture(each.encoder().planes().orElseThrow()))));
        slots.add(slot);
        return slot;
    }

    private static ThreadFactory threads() {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(work, "chromaprep-stage-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    private void connect(Setup setup, FilmFolder folder) throws OutputException {
        var workers = setup.workers();
        var grid = settings.grid();
        var scaler = new GreyScaler(grid.width(), grid.height(), view.framing());
        closings.add(scaler::close);
        var shape = settings.shape(engine.plan(), setup.filmGrid());
        var sample = SampleSize.of(settings.dumps(), shape);
        var shards =
                folder.shardWriter(settings.shardBytes(), settings.shardFrames(), sample.bytes(), sample.members());
        // A live run that is stopped still finishes what it has captured.
        var stopOfStages = gate.map(each -> new StopSignal()).orElse(stop);
        var forwards = new ArrayList<EventHandler<FrameSlot>>();
        for (int i = 0; i < workers; i++) {
            ForwardWorker worker = engine.newWorker();
            closings.add(worker::close);
            worker.abandonWhen(stopOfStages::requested);
            var forward = new ForwardStage(worker, i, workers, batch, handOver, stopOfStages);
            var index = i;
            var counted = gate.filter(LiveGate::drops)
                    .<StageHandler.Work>map(each -> each.counting(index, forward))
                    .orElse(forward);
            forwards.add(handOver.telling(new StageHandler(Stage.FORWARD, counted, state, times), forward::holds));
        }
        var luma = new StageHandler(
                Stage.LUMA, lumaStage(scaler, folder, setup.film().name()), state, times);
        var first = gate.<EventHandler<FrameSlot>>map(each -> each.before(luma)).orElse(luma);
        // Of a film, what was published together is passed on together, too: a batch is not begun with its first frame.
        var group = disruptor
                .handleEventsWith(handOver.telling(first, () -> batch > 1 && gate.isEmpty()))
                .then(forwards.toArray(FilmRun::handlers));
        var crowd = Crowd.behind(workers, engine.description().onCard(), settings.clusterMode(), sample.bytes());
        group = cluster(group, crowd, stopOfStages);
        var room = new SampleRoom(crowd.room(), handOver, state);
        var dumps = new ArrayList<EventHandler<FrameSlot>>();
        for (var i = 0; i < crowd.dumps(); i++) {
            var dump = new DumpStage(settings, view, setup.film(), shape, setup.projection(), room, i, crowd.dumps());
            closings.add(dump::close);
            dumps.add(handler(Stage.DUMP, dump));
        }
        var written = group.then(dumps.toArray(FilmRun::handlers))
                .then(handler(Stage.SHARD, new ShardStage(shards, room, pace(setup))));
        if (colours.isPresent()) {
            var paint = new PaintStage(colours.get().colourer(), colours.get().look(), desk);
            written = written.and(group.then(handler(Stage.ANNOTATE, paint)));
        } else if (painter.isPresent()) {
            written = written.and(group.then(handler(Stage.ANNOTATE, annotateStage(painter.get()))));
        }
        EventHandler<FrameSlot> end = (slot, sequence, last) -> {
            if (slot.decoded.event instanceof FrameSlot.Event.End) {
                drained.countDown();
            }
            gate.ifPresent(each -> each.passed(slot));
            slot.giveBack();
        };
        written.then(handler(Stage.RECORD, record)).then(handOver.telling(end));
    }

    private EventHandlerGroup<FrameSlot> cluster(
            EventHandlerGroup<FrameSlot> group, Crowd crowd, StopSignal stopOfStages) {
        if (colours.isPresent()) {
            return group.then(handler(
                    Stage.COLOUR,
                    alone(new StopGate(
                            stopOfStages, new ColourStage(colours.get().colourist(), desk)))));
        }
        if (settings.clusterMode() == FrameClusterer.Mode.INDEPENDENT
                && settings.clustering().isPresent()
                && gate.isEmpty()
                && desk.isEmpty()) {
            return sideBySide(group, crowd.clusterers(), stopOfStages);
        }
        var crew = new Crew(crowd.helpers());
        closings.add(crew::close);
        var clusterer = clusterer();
        clusterer.ifPresent(each -> each.abandonWhen(stopOfStages::requested));
        var stage = new ClusterStage(
                crew,
                states.scene(),
                clusterer,
                engine.plan().features(),
                () -> gate.isPresent() && gate.get().leavesAverageOut());
        return group.then(handler(Stage.CLUSTER, alone(new StopGate(stopOfStages, watched(stage)))));
    }

    private EventHandlerGroup<FrameSlot> sideBySide(
            EventHandlerGroup<FrameSlot> group, int stages, StopSignal stopOfStages) {
        var handlers = new ArrayList<EventHandler<FrameSlot>>();
        for (var i = 0; i < stages; i++) {
            var stage = new SideBySideClusterStage(clusterer().orElseThrow(), i, stages);
            closings.add(stage::close);
            var work = stages == 1 ? new StopGate(stopOfStages, stage) : stage;
            handlers.add(handOver.telling(new StageHandler(Stage.CLUSTER, work, state, times), stage::holds));
        }
        // What looks at all frames in order stands before those who share them;
        // before a single one it would undo its groups.
        var gated = stages == 1 ? group : group.then(handler(Stage.CLUSTER, new StopGate(stopOfStages, slot -> false)));
        return gated.then(handlers.toArray(FilmRun::handlers));
    }

    private EventHandler<FrameSlot> handler(Stage stage, StageHandler.Work work) {
        return handOver.telling(new StageHandler(stage, work, state, times));
    }

    // Frames of one picture share maps, and a matrix is used by one thread at a time.
    private static StageHandler.Work alone(StageHandler.Work work) {
        return slot -> {
            synchronized (slot.maps()) {
                return work.accept(slot);
            }
        };
    }

    // Java makes no arrays of generic types.
    @SuppressWarnings("unchecked")
    private static EventHandler<FrameSlot>[] handlers(int count) {
        return (EventHandler<FrameSlot>[]) new EventHandler<?>[count];
    }

    private LumaStage lumaStage(GreyScaler scaler, FilmFolder folder, String film) {
        var most = settings.selection().maxFrames();
        var left = most.isPresent() && !settings.choice().takesAll()
                ? OptionalLong.of(
                        most.getAsLong() - (repaints ? 0 : folder.counts().written()))
                : OptionalLong.empty();
        return new LumaStage(
                scaler,
                settings.preprocessing(),
                gate.isPresent() ? Optional.empty() : Optional.of(scenes),
                new PerceptualHash(),
                settings.choice(),
                TakenFrames.of(states.taken().toBytes()),
                new RepeatedPictures(states.seen()),
                pixelSampler(film),
                left,
                states,
                state);
    }

    // The colours that pixels may be chosen by are measured later.
    private Optional<PixelSampler> pixelSampler(String film) {
        var early = settings.dumps().contains(SampleMembers.SAMPLES)
                && settings.project().isEmpty()
                && settings.pixels().sampling() != PixelChoice.Sampling.COLOUR;
        return early
                ? Optional.of(
                        new PixelSampler(settings.grid(), settings.pixels(), settings.samples(), settings.seed(), film))
                : Optional.empty();
    }

    private Optional<PictureClusterer> clusterer() {
        return settings.clustering()
                .map(each -> new PictureClusterer(
                        each,
                        settings.clusterMode(),
                        settings.seedPixels(),
                        settings.grid(),
                        engine.plan().features(),
                        states.clusters()));
    }

    private StageHandler.Work watched(ClusterStage plain) {
        return desk.<StageHandler.Work>map(each -> new WatchedClusterStage(each, plain, settings, engine.plan(), look))
                .orElse(plain);
    }

    private AnnotateStage annotateStage(PanelPainter panels) {
        var scaler = ColourScaler.quick(panels.panelWidth(), panels.panelHeight());
        closings.add(scaler::close);
        return new AnnotateStage(scaler, panels, panels.panelWidth() * panels.panelHeight(), desk);
    }

    /**
     * Sends the film through the ring and waits until every event has reached its end.
     *
     * @return whether every frame of the film, or of the part asked for, has its outcome
     * @throws Exception what a stage or the source threw
     */
    boolean run(VideoSource source, List<String> notes) throws Exception {
        desk.ifPresent(each -> each.begin(shape(source.info().name()), look));
        if (gate.isPresent()) {
            new LiveDecoder(
                            source,
                            disruptor.start(),
                            handOver,
                            !gate.get().drops(),
                            selection(),
                            memory,
                            folder.lastTime(),
                            scenes::look,
                            state,
                            stop,
                            times)
                    .run();
            drain();
            gate.get().tell(notes);
            // A live run that is stopped goes on when it is started again.
            return record.whole() && !stop.requested();
        }
        var publisher = new GroupedPublisher(disruptor.start(), handOver, batch);
        var decoder = new Decoder(source, publisher, selection(), memory, repaints, state, stop, times);
        if (!repaints && memory.nextFrame() > 0 && source.enterable()) {
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
        return new RunMonitor.Shape(
                name,
                settings.grid(),
                look.layers(),
                changeable,
                painter.map(PanelPainter::panels)
                        .orElse(colours.flatMap(ColourWork::look).isPresent() ? 2 : 0),
                painter.map(each -> (double) each.panelHeight() / each.canvasHeight())
                        .orElse(1.0),
                painter.map(PanelPainter::placement).orElse(GridPlacement.WHOLE));
    }

    private void drain() throws Exception {
        drained.await();
        handOver.halt(disruptor);
        if (state.failure().isPresent()) {
            rethrow(state.failure().get());
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

    RecordStage recorder() {
        return record;
    }

    @Override
    public void close() {
        handOver.halt(disruptor);
        closings.forEach(Runnable::run);
        slots.forEach(FrameSlot::close);
    }
}

package org.chromaprep.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.EventHandlerGroup;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.sample.PixelSampler;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.sample.SampleSize;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.TakenFrames;
import org.chromaprep.pipeline.watch.LiveLook;
import org.chromaprep.scene.PerceptualHash;
import org.chromaprep.video.scale.ColourScaler;
import org.chromaprep.video.scale.GreyScaler;

/**
 * Puts a run's stages into its ring: luma, forwards, clusters or colours, then samples and shards beside the painted picture, and the
 * record of both last.
 */
final class RunStages {
    private final StageKit kit;
    private final RunSetup setup;
    private final FilmSettings settings;
    private final FilmFolder folder;
    private final SceneWatch scenes;
    private final LiveLook look;

    /**
     * @param folder takes what the stages write
     * @param scenes finds the scenes of a film's frames
     * @param look what watchers see at the run's beginning
     */
    RunStages(StageKit kit, FilmFolder folder, SceneWatch scenes, LiveLook look) {
        this.kit = kit;
        this.setup = kit.setup();
        this.settings = setup.settings();
        this.folder = folder;
        this.scenes = scenes;
        this.look = look;
    }

    /**
     * Connects all stages.
     *
     * @param disruptor the ring, not yet started
     * @param memory the workers of which run the network
     * @param record the last stage
     * @param drained called when the run's end has passed it
     * @throws OutputException if a shard could not hold a single sample
     */
    void connect(Disruptor<FrameSlot> disruptor, RunMemory memory, RecordStage record, Runnable drained)
            throws OutputException {
        var shape = settings.shape(setup.engine().plan(), setup.filmGrid());
        var sample = SampleSize.of(settings.dumps(), shape);
        var shards = folder.shardWriter(
                settings.shardBytes(), settings.shardFrames(sample), sample.bytes(), sample.members());
        var crowd = Crowd.behind(
                setup.workers(), setup.engine().description().onCard(), settings.clusterMode(), sample.bytes());
        var group = new ClusterStages(kit, look).behind(forwards(disruptor, memory), crowd);
        var room = new SampleRoom(crowd.room(), kit.handOver(), kit.state());
        var dumps = new ArrayList<EventHandler<FrameSlot>>();
        for (var i = 0; i < crowd.dumps(); i++) {
            var dump = new DumpStage(
                    settings, setup.view(), setup.film(), shape, setup.projection(), room, i, crowd.dumps());
            kit.owned().add(dump::close);
            dumps.add(kit.handler(Stage.DUMP, dump));
        }
        var written = group.then(dumps.toArray(StageKit::handlers))
                .then(kit.handler(Stage.SHARD, new ShardStage(shards, room, setup.pace())));
        var paint = paint();
        if (paint.isPresent()) {
            written = written.and(group.then(kit.handler(Stage.ANNOTATE, paint.get())));
        }
        EventHandler<FrameSlot> end = (slot, sequence, last) -> {
            if (slot.decoded.event instanceof FrameSlot.Event.End) {
                drained.run();
            }
            kit.gate().ifPresent(each -> each.passed(slot));
            slot.giveBack();
        };
        written.then(kit.handler(Stage.RECORD, record)).then(kit.handOver().telling(end));
    }

    private EventHandlerGroup<FrameSlot> forwards(Disruptor<FrameSlot> disruptor, RunMemory memory)
            throws OutputException {
        var batch = setup.batch();
        var scaler = new GreyScaler(
                settings.grid().width(), settings.grid().height(), setup.view().framing());
        kit.owned().add(scaler::close);
        var luma = new StageHandler(Stage.LUMA, lumaStage(scaler), kit.state(), kit.times());
        var first = kit.gate()
                .<EventHandler<FrameSlot>>map(each -> each.before(luma))
                .orElse(luma);
        // Of a film, what was published together is passed on together, too: a batch is not begun with its first frame.
        return disruptor
                .handleEventsWith(kit.handOver()
                        .telling(first, () -> batch > 1 && kit.gate().isEmpty()))
                .then(forwardHandlers(memory, batch).toArray(StageKit::handlers));
    }

    private ArrayList<EventHandler<FrameSlot>> forwardHandlers(RunMemory memory, int batch) {
        var workers = memory.workers();
        var forwards = new ArrayList<EventHandler<FrameSlot>>();
        for (var i = 0; i < workers.size(); i++) {
            ForwardWorker worker = workers.get(i);
            worker.abandonWhen(kit.stop()::requested);
            var forward = new ForwardStage(worker, i, workers.size(), batch, kit.handOver(), kit.stop());
            var index = i;
            var counted = kit.gate()
                    .filter(LiveGate::drops)
                    .<StageHandler.Work>map(each -> each.counting(index, forward))
                    .orElse(forward);
            forwards.add(kit.handler(Stage.FORWARD, counted, forward::holds));
        }
        return forwards;
    }

    private LumaStage lumaStage(GreyScaler scaler) throws OutputException {
        var most = settings.selection().maxFrames();
        var left = most.isPresent() && !settings.choice().takesAll()
                ? OptionalLong.of(most.getAsLong() - (setup.repaints() ? 0 : setup.written()))
                : OptionalLong.empty();
        var states = kit.states();
        return new LumaStage(
                scaler,
                settings.preprocessing(),
                kit.gate().isPresent() ? Optional.empty() : Optional.of(scenes),
                new PerceptualHash(),
                settings.choice(),
                TakenFrames.of(states.taken().toBytes()),
                new RepeatedPictures(states.seen()),
                pixelSampler(),
                left,
                setup.repaints() ? new PartRule(settings.partLength()) : PartRule.behind(folder, settings.partLength()),
                states,
                kit.state());
    }

    // The colours that pixels may be chosen by are measured later.
    private Optional<PixelSampler> pixelSampler() {
        var early = settings.dumps().contains(SampleMembers.SAMPLES)
                && settings.project().isEmpty()
                && settings.pixels().sampling() != PixelChoice.Sampling.COLOUR;
        return early
                ? Optional.of(new PixelSampler(
                        settings.grid(),
                        settings.pixels(),
                        settings.samples(),
                        settings.seed(),
                        setup.film().name()))
                : Optional.empty();
    }

    private Optional<StageHandler.Work> paint() {
        if (setup.colours().isPresent()) {
            var colours = setup.colours().get();
            return Optional.of(new PaintStage(colours.colourer(), colours.look(), setup.desk()));
        }
        return setup.painter().map(this::annotateStage);
    }

    private AnnotateStage annotateStage(PanelPainter panels) {
        var scaler = ColourScaler.quick(panels.panelWidth(), panels.panelHeight());
        kit.owned().add(scaler::close);
        return new AnnotateStage(scaler, panels, panels.panelWidth() * panels.panelHeight(), setup.desk());
    }
}

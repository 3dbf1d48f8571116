package org.chromaprep.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.Projection;
import org.chromaprep.output.shard.SampleBuffers;
import org.chromaprep.output.shard.SampleRecord;
import org.chromaprep.pipeline.sample.PixelSampler;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.sample.SampleShape;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.scale.LabScaler;

/** Puts the sample of every n-th frame together; n of these share the frames. Whoever makes one closes it. */
final class DumpStage implements StageHandler.Work, AutoCloseable {
    private final FilmSettings settings;
    private final FilmFacts film;
    private final SampleShape shape;
    private final SampleRoom room;
    private final int index;
    private final int stages;
    private final DumpedFrame frame;
    private final List<SampleMember.Writer> writers;
    private long frames;

    /**
     * @param film what samples say of it
     * @param shape of the samples, with as many pixels as are asked for
     * @param projection what samples and dense hypercolumns are expressed in; empty for their own features
     * @param room where samples wait until they are written
     * @param index of this stage among those that share the frames
     * @param stages that share the frames
     */
    DumpStage(
            FilmSettings settings,
            FilmAnalysis view,
            FilmFacts film,
            SampleShape shape,
            Optional<Projection> projection,
            SampleRoom room,
            int index,
            int stages) {
        this.film = film;
        var grid = settings.grid();
        var sampler = new PixelSampler(grid, settings.pixels(), settings.samples(), settings.seed(), film.name());
        this.settings = settings;
        this.shape = new SampleShape(
                grid, shape.plan(), shape.clusters(), sampler.size(), shape.film(), shape.features(), shape.classes());
        this.room = room;
        this.index = index;
        this.stages = stages;
        frame = new DumpedFrame(settings, this.shape, view, sampler, scaler(settings, view, grid), projection);
        writers = SampleMembers.ordered(settings.dumps()).stream()
                .map(member -> member.writer(this.shape))
                .toList();
    }

    private static Optional<LabScaler> scaler(FilmSettings settings, FilmAnalysis view, Grid grid) {
        return view.targets() && settings.dumps().stream().anyMatch(SampleMember::usesColour)
                ? Optional.of(new LabScaler(grid.width(), grid.height(), view.framing()))
                : Optional.empty();
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (!slot.isFrame() || frames++ % stages != index) {
            return false;
        }
        slot.dumped.sample = List.of();
        if (slot.decoded.again || settings.dumps().isEmpty()) {
            return false;
        }
        // Not with the maps in hand: the frame that has the room may share them.
        var sample = room.await(frames - 1);
        synchronized (slot.maps()) {
            fill(slot, sample);
        }
        return true;
    }

    private void fill(FrameSlot slot, SampleBuffers sample) {
        var saturatedBefore = sample.saturated();
        sample.begin();
        sample.addJson(record(slot));
        frame.take(slot);
        for (var writer : writers) {
            writer.add(frame, sample);
        }
        slot.dumped.sample = sample.members();
        slot.dumped.float16Saturated = sample.saturated() - saturatedBefore;
    }

    private SampleRecord record(FrameSlot slot) {
        var clustered = settings.clustering().map(each -> slot.clustered.clustering);
        var time = slot.decoded.picture.time();
        var picture = slot.looked.area;
        return new SampleRecord(
                film.name(),
                film.id(),
                time.index(),
                boxed(time.pts()),
                time.seconds(),
                film.rate(),
                slot.scene(),
                film.sceneId(slot.scene()),
                time.index() - slot.decoded.clipFrame,
                slot.decoded.clipFrame,
                String.format(Locale.ROOT, "%016x", slot.looked.hash),
                List.of(slot.decoded.picture.height(), slot.decoded.picture.width()),
                List.of(
                        picture.top(),
                        picture.left(),
                        picture.grid().height(),
                        picture.grid().width()),
                shape.plan().layers().stream().map(layer -> layer.layerName()).toList(),
                List.of(shape.grid().height(), shape.grid().width()),
                clustered.map(each -> each.inertia()),
                clustered.map(each -> each.iterations()),
                clustered.map(each -> Arrays.stream(each.sizes()).boxed().toList()));
    }

    static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    @Override
    public void close() {
        writers.forEach(SampleMember.Writer::close);
        frame.close();
    }
}

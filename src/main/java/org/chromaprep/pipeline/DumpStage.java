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
import org.chromaprep.output.shard.ShardWriter;
import org.chromaprep.pipeline.sample.PixelSampler;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.sample.SampleShape;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.scale.LabScaler;

/** Writes each frame's sample into the shard in hand. Whoever makes one closes it. */
final class DumpStage implements StageHandler.Work, AutoCloseable {
    private final FilmSettings settings;
    private final FilmFacts film;
    private final SampleShape shape;
    private final ShardWriter shards;
    private final SampleBuffers sample = new SampleBuffers();
    private final DumpedFrame frame;
    private final List<SampleMember.Writer> writers;

    /**
     * @param film what samples say of it
     * @param shape of the samples, with as many pixels as are asked for
     * @param projection what samples and dense hypercolumns are expressed in; empty for their own features
     */
    DumpStage(FilmSettings settings, FilmAnalysis view, FilmFacts film, SampleShape shape, Optional<Projection> projection,
            ShardWriter shards) {
        this.film = film;
        var grid = settings.grid();
        var sampler = new PixelSampler(grid, settings.pixels(), settings.samples(), settings.seed(), film.name());
        this.settings = settings;
        this.shape = new SampleShape(grid, shape.plan(), shape.clusters(), sampler.size(), shape.film(), shape.features(),
                shape.classes());
        this.shards = shards;
        frame = new DumpedFrame(settings, this.shape, view, sampler, scaler(settings, view, grid), projection);
        writers = SampleMembers.ordered(settings.dumps()).stream().map(member -> member.writer(this.shape)).toList();
    }

    private static Optional<LabScaler> scaler(FilmSettings settings, FilmAnalysis view, Grid grid) {
        return view.targets() && settings.dumps().stream().anyMatch(SampleMember::usesColour)
                ? Optional.of(new LabScaler(grid.width(), grid.height(), view.framing())) : Optional.empty();
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        slot.endsShard = false;
        if (slot.event instanceof FrameSlot.Event.End) {
            shards.end();
        }
        if (!slot.isFrame() || slot.again || settings.dumps().isEmpty()) {
            return false;
        }
        var saturatedBefore = sample.saturated();
        sample.begin();
        sample.addJson(record(slot));
        frame.take(slot);
        for (var writer : writers) {
            writer.add(frame, sample);
        }
        slot.shard = Optional.of(shards.shardName());
        slot.endsShard = shards.add(slot.picture.time().index(), sample.members());
        slot.float16Saturated = sample.saturated() - saturatedBefore;
        return true;
    }

    private SampleRecord record(FrameSlot slot) {
        var clustered = settings.clustering().map(each -> slot.clustering);
        var time = slot.picture.time();
        var picture = slot.area;
        return new SampleRecord(
                film.name(),
                film.id(),
                time.index(),
                boxed(time.pts()),
                time.seconds(),
                film.rate(),
                slot.scene(),
                film.sceneId(slot.scene()),
                time.index() - slot.clipFrame,
                slot.clipFrame,
                String.format(Locale.ROOT, "%016x", slot.hash),
                List.of(slot.picture.height(), slot.picture.width()),
                List.of(picture.top(), picture.left(), picture.grid().height(), picture.grid().width()),
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

package org.chromaprep.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.Projection;
import org.chromaprep.output.shard.SampleBuffers;
import org.chromaprep.output.shard.SampleRecord;
import org.chromaprep.output.shard.ShardWriter;
import org.chromaprep.pipeline.sample.ColourTargets;
import org.chromaprep.pipeline.sample.PixelSampler;
import org.chromaprep.pipeline.settings.Dump;
import org.chromaprep.pipeline.settings.FilmSettings;

/** Writes each frame's sample into the shard in hand. Whoever makes one closes it. */
final class DumpStage implements StageHandler.Work, AutoCloseable {
    /** Hypercolumns that are gathered and rounded together: they stay in the second-level cache. */
    private static final int BLOCK_PIXELS = 16;

    private final FilmSettings settings;
    private final NetworkPlan plan;
    private final Grid grid;
    private final ShardWriter shards;
    private final SampleBuffers sample = new SampleBuffers();
    private final PixelSampler sampling;
    private final short[] places;
    private final byte[] sampleLabels;
    private final int[] rowPixels;
    private final int[] blockPixels = new int[BLOCK_PIXELS];
    private final Optional<ColourTargets> targets;
    private final Optional<Projection> projection;
    private final float[] planes;

    /** @param projection what samples and dense hypercolumns are told in; empty for their own features */
    DumpStage(FilmSettings settings, FilmAnalysis view, NetworkPlan plan, Optional<Projection> projection, ShardWriter shards) {
        this.settings = settings;
        this.plan = plan;
        this.grid = settings.grid();
        this.shards = shards;
        this.projection = projection;
        this.planes = new float[Math.multiplyExact(projection.map(Projection::count).orElse(0), grid.pixels())];
        this.sampling = new PixelSampler(grid, settings.pixels(), settings.samples(), settings.seed());
        this.places = new short[sampling.size() * 2];
        this.sampleLabels = new byte[sampling.size()];
        this.rowPixels = new int[grid.width()];
        var coloured = settings.dumps().contains(Dump.AB) || settings.dumps().contains(Dump.SAMPLES);
        this.targets = view.targets() && coloured
                ? Optional.of(new ColourTargets(grid, view.framing(), sampling.size(), settings.dumps())) : Optional.empty();
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        slot.endsShard = false;
        if (slot.event instanceof FrameSlot.Event.End) {
            shards.end();
        }
        if (!slot.isFrame() || settings.dumps().isEmpty()) {
            return false;
        }
        var saturatedBefore = sample.saturated();
        sample.begin();
        sample.addJson(record(slot));
        if (settings.dumps().contains(Dump.LUMA)) {
            sample.addPng("luma.png", slot.luma, grid.height(), grid.width());
        }
        if (settings.dumps().contains(Dump.LABELS)) {
            sample.addPng("labels.png", slot.clustering.labels(), grid.height(), grid.width());
        }
        if (settings.dumps().contains(Dump.CENTROIDS)) {
            sample.addFloats("centroids.npy", slot.clustering.centroids(), settings.clusters(), plan.features());
        }
        targets.ifPresent(each -> each.measure(slot.picture));
        projection.ifPresent(each -> each.apply(slot.maps().matrix(), planes));
        if (settings.dumps().contains(Dump.SAMPLES)) {
            addSamples(slot);
        }
        if (settings.dumps().contains(Dump.MAPS)) {
            for (var layer : plan.layers()) {
                var map = slot.maps().map(layer);
                sample.addHalves(layer.layerName() + ".npy", map.values(), map.height(), map.width(), map.channels());
            }
        }
        if (settings.dumps().contains(Dump.DENSE)) {
            addDense(slot);
        }
        if (settings.dumps().contains(Dump.AB)) {
            targets.ifPresent(each -> each.addPlane(sample));
        }
        slot.shard = Optional.of(shards.shardName());
        slot.endsShard = shards.add(slot.picture.time().index(), sample.members());
        slot.float16Saturated = sample.saturated() - saturatedBefore;
        return true;
    }

    private SampleRecord record(FrameSlot slot) {
        var clustered = settings.clustering().map(each -> slot.clustering);
        return new SampleRecord(
                slot.picture.time().index(),
                boxed(slot.picture.time().pts()),
                slot.picture.time().seconds(),
                slot.scene,
                "%016x".formatted(slot.hash),
                plan.layers().stream().map(layer -> layer.layerName()).toList(),
                List.of(grid.height(), grid.width()),
                clustered.map(each -> each.inertia()),
                clustered.map(each -> each.iterations()),
                clustered.map(each -> Arrays.stream(each.sizes()).boxed().toList()));
    }

    static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private void addSamples(FrameSlot slot) {
        var pixels = sampling.pixels(slot.picture.time().index(), slot.luma, targets.map(ColourTargets::ab));
        for (int i = 0; i < pixels.length; i++) {
            places[2 * i] = (short) (pixels[i] / grid.width());
            places[2 * i + 1] = (short) (pixels[i] % grid.width());
            sampleLabels[i] = settings.clusters() == 0 ? 0 : slot.clustering.labels()[pixels[i]];
        }
        sample.addHalves("samples.npy", (block, into) -> {
            for (int i = 0; i < BLOCK_PIXELS; i++) {
                blockPixels[i] = pixels[Math.min(block * BLOCK_PIXELS + i, pixels.length - 1)];
            }
            gather(slot, blockPixels, into);
        }, BLOCK_PIXELS * features(), pixels.length, features());
        sample.addShorts("samples_yx.npy", places, pixels.length, 2);
        if (settings.clusters() > 0) {
            sample.addBytes("samples_labels.npy", sampleLabels, pixels.length);
        }
        targets.ifPresent(each -> each.addSamples(sample, pixels));
    }

    private void addDense(FrameSlot slot) {
        sample.addHalves("hypercolumns.npy", (block, into) -> {
            for (int x = 0; x < rowPixels.length; x++) {
                rowPixels[x] = block * rowPixels.length + x;
            }
            gather(slot, rowPixels, into);
        }, grid.width() * features(), grid.height(), grid.width(), features());
    }

    private int features() {
        return projection.map(Projection::count).orElse(plan.features());
    }

    private void gather(FrameSlot slot, int[] pixels, float[] into) {
        if (projection.isEmpty()) {
            slot.maps().matrix().gather(pixels, into);
            return;
        }
        for (int i = 0; i < pixels.length; i++) {
            for (int j = 0; j < features(); j++) {
                into[i * features() + j] = planes[j * grid.pixels() + pixels[i]];
            }
        }
    }

    @Override
    public void close() {
        targets.ifPresent(ColourTargets::close);
    }
}

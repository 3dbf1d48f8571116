package org.chromaprep.engine.winograd;

import java.util.Comparator;
import java.util.List;
import org.chromaprep.engine.EngineMemory;
import org.chromaprep.engine.MemoryUse;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.vgg.VggLayer;

/** What {@link WinogradEngine} takes of the machine's memory. */
final class WinogradMemory {
    private final NetworkPlan plan;
    private final List<VggLayer> transformed;
    private final int batch;

    /** @param batch frames of one forward at most */
    WinogradMemory(NetworkPlan plan, int batch) {
        this.plan = plan;
        this.transformed = WinogradNetwork.transformed(plan);
        this.batch = batch;
    }

    /** All of it, on a machine with so many cores. */
    EngineMemory on(int cores) {
        var engine = MemoryUse.ofOutside(
                plan.deepest().upToHere().stream().mapToLong(this::kernel).sum());
        var together = transformed.stream()
                .map(this::kernel)
                .sorted(Comparator.reverseOrder())
                .limit(Math.min(WinogradNetwork.AT_THE_SAME_TIME, cores))
                .mapToLong(Long::longValue)
                .sum();
        return new EngineMemory(
                engine,
                engine.plus(new MemoryUse(EngineMemory.weights(plan), together)),
                worker(),
                MemoryUse.ofOutside(EngineMemory.maps(plan)),
                batch);
    }

    private long kernel(VggLayer layer) {
        var numbers = (long) layer.kernelLength();
        return Float.BYTES
                * (transformed.contains(layer) ? numbers / (layer.side() * layer.side()) * Transforms.PLACES : numbers);
    }

    private MemoryUse worker() {
        var heap = firstRows() + 2 * (turn(false) + batch * turn(true));
        var band = transformed.stream().mapToLong(this::band).max().orElse(0);
        var layers = plan.deepest().upToHere();
        var last = transformed.isEmpty() ? layers.get(0) : transformed.get(transformed.size() - 1);
        // Where direct layers follow, each frame has a place for the map that they begin with, and for two of theirs.
        var direct = last.equals(plan.deepest()) ? 0 : (batch + 2L) * EngineMemory.map(last, plan);
        return new MemoryUse(heap, band + direct + (long) plan.height() * plan.width() * 3 * Float.BYTES);
    }

    private long firstRows() {
        var channels = plan.deepest().upToHere().get(0).channels();
        var rows = FirstConvolution.bandRows(plan.height(), plan.width(), channels) + Transforms.PATCH;
        return (long) rows * strips(plan.width(), channels);
    }

    /** One of the memories that take turns, of layers that are computed for a frame alone or for several together. */
    private long turn(boolean joint) {
        var rows = 0L;
        var strips = 0L;
        for (var layer : transformed.subList(Math.min(1, transformed.size()), transformed.size())) {
            if (joint == isJoint(layer)) {
                rows = Math.max(rows, layer.mapSize(plan.height()));
                strips = Math.max(strips, strips(layer.mapSize(plan.width()), layer.inputChannels()));
            }
        }
        return rows * strips;
    }

    private boolean isJoint(VggLayer layer) {
        return WinogradConvolution.isSmall(layer.mapSize(plan.height()), layer.mapSize(plan.width()));
    }

    /** Transformed patches and products of a band. */
    private long band(VggLayer layer) {
        var height = layer.mapSize(plan.height());
        var width = layer.mapSize(plan.width());
        return WinogradConvolution.bandBytes(layer, height, width, isJoint(layer) ? batch : 1);
    }

    /** Bytes of a row's strips. */
    private static long strips(int width, int channels) {
        return (long) PhaseMap.strips(width, channels) * Transforms.TILE * Strip.bytes();
    }
}

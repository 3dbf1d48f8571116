package org.chromaprep.bench;

import java.util.List;
import org.chromaprep.output.shard.SampleBuffers;

/** Turning maps into float16 members and luma into PNG, on one thread. */
final class DumpSection implements Section {
    private static final int RUNS = 15;

    @Override
    public String name() {
        return "dump";
    }

    @Override
    public List<Figure> measure() {
        var maps = Workload.maps(Workload.LAYERS, Workload.SIZE, Workload.SIZE);
        var buffers = new SampleBuffers();
        var halves = Stopwatch.median(RUNS, () -> {
            buffers.begin();
            for (var map : maps) {
                buffers.addHalves(map.layer() + ".npy", map.values(), map.height(), map.width(), map.channels());
            }
        });
        var luma = new byte[Workload.SIZE * Workload.SIZE];
        for (var i = 0; i < luma.length; i++) {
            luma[i] = (byte) (i % Workload.SIZE / 3 + i * 31 % 17);
        }
        var png = Stopwatch.median(RUNS, () -> {
            buffers.begin();
            buffers.addPng("luma.png", luma, Workload.SIZE, Workload.SIZE);
        });
        return List.of(
                new Figure(name(), "maps to float16", Workload.bytes(maps) / 2e6 / halves, "MB/s written"),
                new Figure(name(), "luma to PNG, 224x224", 1e3 * png, "ms/frame"));
    }
}

package org.chromaprep.pipeline.sample;

import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.output.shard.AbBins;
import org.chromaprep.pipeline.settings.FilmSettings;

/**
 * How large a sample can get, for shards' limits and the disk's.
 *
 * @param bytes of all members at most
 * @param members at most
 */
public record SampleSize(long bytes, int members) {
    private static final long NPY_HEAD = 128;
    private static final long JSON = 4096;
    private static final long PNG_EXTRA = 2048;

    public static SampleSize of(FilmSettings settings, NetworkPlan plan) {
        long pixels = settings.grid().pixels();
        long samples = Math.min(settings.samples(), pixels);
        long features = plan.features();
        long told = settings.project().orElse(plan.features());
        var bytes = JSON + 16L * settings.clusters();
        var members = 1;
        for (var dump : settings.dumps()) {
            switch (dump) {
                // Deflate never enlarges by more than a few bytes a block, and each row has a filter byte.
                case LUMA, LABELS -> bytes += pixels + pixels / 100 + settings.grid().height() + PNG_EXTRA;
                case CENTROIDS -> bytes += NPY_HEAD + settings.clusters() * features * Float.BYTES;
                case SAMPLES -> bytes += 4 * NPY_HEAD + samples * (told * Short.BYTES + 4 * Short.BYTES + 1);
                case BINS -> bytes += 2 * NPY_HEAD + samples * 2 * AbBins.NEIGHBOURS * Short.BYTES;
                case HISTOGRAMS -> bytes += NPY_HEAD + samples * 2 * HueChroma.BINS * Short.BYTES;
                case AB -> bytes += NPY_HEAD + 2 * pixels * Short.BYTES;
                case DENSE -> bytes += NPY_HEAD + pixels * told * Short.BYTES;
                case MAPS -> {
                    for (var layer : plan.layers()) {
                        bytes += NPY_HEAD + (long) layer.mapSize(plan.height()) * layer.mapSize(plan.width())
                                * layer.channels() * Short.BYTES;
                    }
                }
            }
            members += switch (dump) {
                case SAMPLES -> 4;
                case BINS -> 2;
                case MAPS -> plan.layers().size();
                default -> 1;
            };
        }
        return new SampleSize(bytes, members);
    }
}

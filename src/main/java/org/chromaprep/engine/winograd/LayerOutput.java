package org.chromaprep.engine.winograd;

import static org.chromaprep.engine.winograd.Transforms.TILE;

import java.util.Optional;
import org.chromaprep.hypercolumn.FeatureMap;

/**
 * Where a layer's rows go while they are in the cache: to the next layer, to the next layer through a pool, to the caller, or to
 * several of these. One thread at a time.
 */
final class LayerOutput {
    private final int height;
    private final int width;
    private final int channels;
    private final Optional<PhaseMap> map;
    private final Optional<PhaseMap> pooled;
    private final Optional<FeatureMap> wanted;
    private final Optional<FeatureMap> wantedPool;
    private final Scratch scratch;

    /** Memory for rows that are kept nowhere else. */
    static final class Scratch {
        private final float[][][][] rows;
        private final float[][][] pooled;
        private final float[] greatest = Strip.one();

        /**
         * @param strips of a row, of the longest map
         */
        Scratch(int strips) {
            rows = PhaseMap.rows(TILE, strips);
            pooled = PhaseMap.rows(1, strips)[0];
        }
    }

    /**
     * @param map receives the layer's map, if anybody needs it by phases
     * @param pooled receives the map of the pool behind the layer, if there is one and anybody needs it
     * @param wanted receives the layer's map for the caller
     * @param wantedPool receives the pool's map for the caller
     */
    LayerOutput(
            int height,
            int width,
            int channels,
            Optional<PhaseMap> map,
            Optional<PhaseMap> pooled,
            Optional<FeatureMap> wanted,
            Optional<FeatureMap> wantedPool,
            Scratch scratch) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.map = map;
        this.pooled = pooled;
        this.wanted = wanted;
        this.wantedPool = wantedPool;
        this.scratch = scratch;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    int channels() {
        return channels;
    }

    /**
     * Where a row's strip is to be written to, by phases; what lies beyond the right edge may be anything. Rows of the last tiles
     * that lie beyond the lower edge are written to and come to nothing.
     */
    float[][] strip(int y, int strip) {
        return map.isPresent() && y < height ? map.get().strip(y, strip) : scratch.rows[y % TILE][strip];
    }

    /** Takes note that a row of tiles is written. */
    void finish(int tileRow) {
        var until = Math.min(height, (tileRow + 1) * TILE);
        for (var y = tileRow * TILE; y < until; y++) {
            if (map.isPresent()) {
                map.get().clearEdge(y);
            }
            if (wanted.isPresent()) {
                copy(y, wanted.get());
            }
            if (y % 2 == 1 && (pooled.isPresent() || wantedPool.isPresent())) {
                pool(y / 2);
            }
        }
    }

    private void copy(int y, FeatureMap to) {
        if (map.isPresent()) {
            map.get().write(y, to);
        } else {
            PhaseMap.write(scratch.rows[y % TILE], y, to);
        }
    }

    private void pool(int y) {
        var inStrip = PhaseMap.stripTiles(channels);
        for (var strip = 0; strip < PhaseMap.strips(width, channels); strip++) {
            var above = strip(2 * y, strip);
            var below = strip(2 * y + 1, strip);
            var tile = strip * inStrip;
            var count = Math.min(inStrip, PhaseMap.tiles(width) - tile);
            for (var half = 0; half < TILE / 2; half++) {
                Transforms.greatest(
                        scratch.greatest,
                        above[2 * half],
                        above[2 * half + 1],
                        below[2 * half],
                        below[2 * half + 1],
                        count * channels);
                for (var t = 0; t < count && (tile + t) * 2 + half < width / 2; t++) {
                    var x = (tile + t) * 2 + half;
                    var to = pooledStrip(y, x / TILE / inStrip)[x % TILE];
                    System.arraycopy(scratch.greatest, t * channels, to, x / TILE % inStrip * channels, channels);
                }
            }
        }
        if (pooled.isPresent()) {
            pooled.get().clearEdge(y);
        }
        if (wantedPool.isPresent()) {
            if (pooled.isPresent()) {
                pooled.get().write(y, wantedPool.get());
            } else {
                PhaseMap.write(scratch.pooled, y, wantedPool.get());
            }
        }
    }

    private float[][] pooledStrip(int y, int strip) {
        return pooled.isPresent() ? pooled.get().strip(y, strip) : scratch.pooled[strip];
    }
}

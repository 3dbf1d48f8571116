package org.chromaprep.engine.winograd;

import static org.chromaprep.engine.winograd.Transforms.PATCH;
import static org.chromaprep.engine.winograd.Transforms.PLACES;
import static org.chromaprep.engine.winograd.Transforms.TILE;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Transforms the patches of a row of tiles. A patch begins one pixel before its tile on each axis. Holds the scratch memory of one
 * thread.
 *
 * <p>Strip by strip, and in each two rows of the transform at a time, so that little memory is in use.
 */
final class PatchTransform {
    /** Rows of the transform that are computed together. */
    private static final int[][] PAIRS = {{0, 5}, {1, 2}, {3, 4}};

    private final Pair[] columns = new Pair[PATCH];
    private final Pair edge = new Pair();
    private final float[][] places = Strip.some(PATCH);

    /** Two rows of the transform along one axis, at one column of all patches in a strip. */
    private static final class Pair {
        final float[][] rows = Strip.some(2);

        void copy(Pair from, int at, int to, int count) {
            System.arraycopy(from.rows[0], at, rows[0], to, count);
            System.arraycopy(from.rows[1], at, rows[1], to, count);
        }

        void clear(int at, int count) {
            Arrays.fill(rows[0], at, at + count, 0);
            Arrays.fill(rows[1], at, at + count, 0);
        }
    }

    PatchTransform() {
        Arrays.setAll(columns, i -> new Pair());
    }

    /**
     * Transforms a row of patches.
     *
     * @param tileRow of the map
     * @param patches receives them: tile after tile, in each place after place, in each channel after channel
     * @param firstTile the place of the row's first tile there
     */
    void transform(PhaseMap map, int tileRow, FloatBuffer patches, int firstTile) {
        var tiles = PhaseMap.tiles(map.width());
        var inStrip = PhaseMap.stripTiles(map.channels());
        for (var tile = 0; tile < tiles; tile += inStrip) {
            var count = Math.min(inStrip, tiles - tile);
            for (var pair = 0; pair < PAIRS.length; pair++) {
                transformColumns(map, tileRow * TILE - 1, tile / inStrip, pair, count * map.channels());
                for (var row = 0; row < 2; row++) {
                    transformRow(row, count * map.channels());
                    put(patches, (firstTile + tile) * PLACES + PAIRS[pair][row] * PATCH, count, map.channels());
                }
            }
        }
    }

    /** Fills the columns of all patches in a strip: those of their tiles, and one beside the tile on each side. */
    private void transformColumns(PhaseMap map, int y, int strip, int pair, int length) {
        for (var phase = 0; phase < TILE; phase++) {
            transform(map, y, strip, phase, pair, columns[1 + phase], 0, length);
        }
        var channels = map.channels();
        columns[0].copy(columns[TILE], 0, channels, length - channels);
        if (strip > 0) {
            transform(map, y, strip - 1, TILE - 1, pair, edge, Strip.LENGTH - channels, Strip.LENGTH);
            columns[0].copy(edge, Strip.LENGTH - channels, 0, channels);
        } else {
            columns[0].clear(0, channels);
        }
        columns[PATCH - 1].copy(columns[1], channels, 0, length - channels);
        if (strip + 1 < PhaseMap.strips(map.width(), channels)) {
            transform(map, y, strip + 1, 0, pair, edge, 0, channels);
            columns[PATCH - 1].copy(edge, 0, length - channels, channels);
        } else {
            columns[PATCH - 1].clear(length - channels, channels);
        }
    }

    private static void transform(PhaseMap map, int y, int strip, int phase, int pair, Pair to, int from, int until) {
        var x1 = map.strip(y + 1, strip)[phase];
        var x2 = map.strip(y + 2, strip)[phase];
        var x3 = map.strip(y + 3, strip)[phase];
        var x4 = map.strip(y + 4, strip)[phase];
        switch (pair) {
            case 0 -> {
                Transforms.outermost(to.rows[0], map.strip(y, strip)[phase], x2, x4, from, until);
                Transforms.outermost(to.rows[1], x1, x3, map.strip(y + PATCH - 1, strip)[phase], from, until);
            }
            case 1 -> Transforms.inner(to.rows[0], to.rows[1], x1, x2, x3, x4, from, until);
            default -> Transforms.outer(to.rows[0], to.rows[1], x1, x2, x3, x4, from, until);
        }
    }

    private void transformRow(int row, int length) {
        var x0 = columns[0].rows[row];
        var x1 = columns[1].rows[row];
        var x2 = columns[2].rows[row];
        var x3 = columns[3].rows[row];
        var x4 = columns[4].rows[row];
        var x5 = columns[5].rows[row];
        Transforms.outermost(places[0], x0, x2, x4, 0, length);
        Transforms.inner(places[1], places[2], x1, x2, x3, x4, 0, length);
        Transforms.outer(places[3], places[4], x1, x2, x3, x4, 0, length);
        Transforms.outermost(places[5], x1, x3, x5, 0, length);
    }

    private void put(FloatBuffer patches, int firstPlace, int count, int channels) {
        for (var j = 0; j < PATCH; j++) {
            var numbers = places[j];
            for (var tile = 0; tile < count; tile++) {
                patches.put((firstPlace + tile * PLACES + j) * channels, numbers, tile * channels, channels);
            }
        }
    }
}

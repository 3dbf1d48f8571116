package org.chromaprep.engine.winograd;

import static org.chromaprep.engine.winograd.Transforms.PATCH;
import static org.chromaprep.engine.winograd.Transforms.PLACES;
import static org.chromaprep.engine.winograd.Transforms.TILE;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Transforms sums of products to a row of tiles, with bias and ReLU, strip by strip. Holds the scratch memory of one thread. */
final class TileTransform {
    private final float[][] places = Strip.some(PATCH);
    /** The transform along the rows, by its column and by row. */
    private final float[][][] horizontal = new float[TILE][][];

    private final float[][] columns = new float[TILE][];
    private final float[][] rows = new float[TILE][];

    TileTransform() {
        Arrays.setAll(horizontal, x -> Strip.some(PATCH));
    }

    /**
     * Transforms a row of tiles.
     *
     * @param products tile after tile, in each place after place, in each channel after channel
     * @param firstTile the place of the row's first tile there
     * @param bias of the channels, once for each tile of a strip
     * @param tileRow of the map
     */
    void transform(FloatBuffer products, int firstTile, float[] bias, int tileRow, LayerOutput to) {
        var channels = to.channels();
        var tiles = PhaseMap.tiles(to.width());
        var inStrip = PhaseMap.stripTiles(channels);
        for (var tile = 0; tile < tiles; tile += inStrip) {
            var count = Math.min(inStrip, tiles - tile);
            // In the order in which the numbers lie in memory.
            for (var i = 0; i < PATCH; i++) {
                get(products, (firstTile + tile) * PLACES + i * PATCH, count, channels);
                for (var x = 0; x < TILE; x++) {
                    columns[x] = horizontal[x][i];
                }
                Transforms.output(columns, places, count * channels);
            }
            for (var x = 0; x < TILE; x++) {
                for (var y = 0; y < TILE; y++) {
                    rows[y] = to.strip(tileRow * TILE + y, tile / inStrip)[x];
                }
                Transforms.rectifiedOutput(rows, horizontal[x], bias, count * channels);
            }
        }
        to.finish(tileRow);
    }

    private void get(FloatBuffer products, int firstPlace, int count, int channels) {
        for (var tile = 0; tile < count; tile++) {
            for (var j = 0; j < PATCH; j++) {
                products.get((firstPlace + tile * PLACES + j) * channels, places[j], tile * channels, channels);
            }
        }
    }
}

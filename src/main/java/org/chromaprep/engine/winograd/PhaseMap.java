package org.chromaprep.engine.winograd;

import static org.chromaprep.engine.winograd.Transforms.TILE;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.chromaprep.hypercolumn.FeatureMap;

/**
 * A feature map on the heap, by column phases: the columns {@code x} of a row with the same {@code x % 4} are in one array, so that
 * the columns of tiles side by side are at the same places of four arrays. A row is cut into strips of some tiles, each with arrays
 * of its own: what is computed of a strip stays in the processor's nearest cache. What lies beyond the right edge is zero.
 *
 * <p>The memory may have fewer rows than the map: then a row takes the place of an earlier one. One thread at a time.
 */
final class PhaseMap {
    private static final float[] ZEROS = Strip.one();
    private static final float[][] OUTSIDE = {ZEROS, ZEROS, ZEROS, ZEROS};

    private final int height;
    private final int width;
    private final int channels;
    private final float[][][][] rows;

    /** @param rows from {@link #rows}, with strips enough; row {@code y} is at {@code y % rows.length} */
    PhaseMap(int height, int width, int channels, float[][][][] rows) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.rows = rows;
    }

    /** Memory for rows of some strips. */
    static float[][][][] rows(int count, int strips) {
        var rows = new float[count][strips][][];
        for (var row : rows) {
            Arrays.setAll(row, strip -> Strip.some(TILE));
        }
        return rows;
    }

    /** Tiles side by side that cover so many rows or columns. */
    static int tiles(int size) {
        return (size + TILE - 1) / TILE;
    }

    /** Tiles of a strip of a map with so many channels; the last strip of a row may have fewer. */
    static int stripTiles(int channels) {
        return Strip.LENGTH / channels;
    }

    /** Strips of a row. */
    static int strips(int width, int channels) {
        return (tiles(width) + stripTiles(channels) - 1) / stripTiles(channels);
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

    /** The four arrays of a row's strip; zeros beyond the upper and the lower edge. */
    float[][] strip(int y, int strip) {
        return y < 0 || y >= height ? OUTSIDE : rows[y % rows.length][strip];
    }

    /** Sets to zero what lies beyond the right edge in a row's last tile. */
    void clearEdge(int y) {
        var last = tiles(width) - 1;
        var arrays = strip(y, last / stripTiles(channels));
        var at = last % stripTiles(channels) * channels;
        for (var phase = width - last * TILE; phase < TILE; phase++) {
            Arrays.fill(arrays[phase], at, at + channels, 0);
        }
    }

    /** Takes a row's pixels from their place in a buffer on. */
    void read(int y, FloatBuffer from, int at) {
        var row = rows[y % rows.length];
        for (var x = 0; x < width; x++) {
            from.get(at + x * channels, row[stripOf(x)][x % TILE], placeOf(x), channels);
        }
        clearEdge(y);
    }

    /** Copies a row to the same row of another map. */
    void write(int y, FeatureMap to) {
        write(rows[y % rows.length], y, to);
    }

    /** Copies strips to a row of a map. */
    static void write(float[][][] strips, int y, FeatureMap to) {
        var channels = to.channels();
        var inStrip = stripTiles(channels) * TILE;
        for (var x = 0; x < to.width(); x++) {
            to.values()
                    .put(
                            (y * to.width() + x) * channels,
                            strips[x / inStrip][x % TILE],
                            x % inStrip / TILE * channels,
                            channels);
        }
    }

    private int stripOf(int x) {
        return x / TILE / stripTiles(channels);
    }

    private int placeOf(int x) {
        return x / TILE % stripTiles(channels) * channels;
    }
}

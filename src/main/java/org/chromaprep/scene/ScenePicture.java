package org.chromaprep.scene;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.chromaprep.hypercolumn.Grid;

/**
 * What scene cuts are judged by: a thumbnail of block means, in which grain averages out, and the cumulative histogram
 * of the luma after its mean and deviation are taken out, in which exposure does.
 */
final class ScenePicture {
    private static final int SIDE = 32;
    private static final int BINS = 64;
    /** The histogram spans this many standard deviations on both sides of the mean. */
    private static final double SPAN = 3;
    /** Variance of grain and coding noise a pixel, in squared grey levels. */
    private static final double PIXEL_NOISE = 25;
    /** The same for a block mean, which neighbouring grains share. */
    private static final double BLOCK_NOISE = 9;
    /** Below this standard deviation of block means, in grey levels, a picture is black, white or fog. */
    private static final double FLAT = 4;
    /** Camera motion between two frames that is followed, in blocks: 6 % of the picture's side. */
    private static final int REACH = 2;

    private final Grid grid;
    private final int rows;
    private final int columns;
    private final float[] blocks;
    private final float[] cumulative = new float[BINS];
    private final int[] counts = new int[256];

    ScenePicture(Grid grid) {
        this.grid = grid;
        this.rows = Math.min(SIDE, grid.height());
        this.columns = Math.min(SIDE, grid.width());
        this.blocks = new float[rows * columns];
    }

    void set(byte[] luma) {
        Arrays.fill(counts, 0);
        for (var row = 0; row < rows; row++) {
            var top = row * grid.height() / rows;
            var bottom = (row + 1) * grid.height() / rows;
            for (var column = 0; column < columns; column++) {
                var left = column * grid.width() / columns;
                var right = (column + 1) * grid.width() / columns;
                blocks[row * columns + column] = mean(luma, top, bottom, left, right);
            }
        }
        accumulate();
    }

    private float mean(byte[] luma, int top, int bottom, int left, int right) {
        var sum = 0L;
        for (var y = top; y < bottom; y++) {
            for (var x = left; x < right; x++) {
                var grey = luma[y * grid.width() + x] & 0xFF;
                counts[grey]++;
                sum += grey;
            }
        }
        return (float) ((double) sum / ((bottom - top) * (right - left)));
    }

    private void accumulate() {
        var sum = 0.0;
        var squares = 0.0;
        for (var grey = 0; grey < counts.length; grey++) {
            sum += (double) counts[grey] * grey;
            squares += (double) counts[grey] * grey * grey;
        }
        var mean = sum / grid.pixels();
        var deviation = Math.sqrt(Math.max(0, squares / grid.pixels() - mean * mean) + PIXEL_NOISE);
        Arrays.fill(cumulative, 0);
        for (var grey = 0; grey < counts.length; grey++) {
            var place = ((grey - mean) / deviation + SPAN) / (2 * SPAN) * BINS;
            cumulative[(int) Math.max(0, Math.min(BINS - 1, place))] += (float) counts[grey] / grid.pixels();
        }
        for (var bin = 1; bin < BINS; bin++) {
            cumulative[bin] += cumulative[bin - 1];
        }
    }

    boolean isFlat() {
        var sum = 0.0;
        var squares = 0.0;
        for (var block : blocks) {
            sum += block;
            squares += (double) block * block;
        }
        var mean = sum / blocks.length;
        return squares / blocks.length - mean * mean < FLAT * FLAT;
    }

    /** Mean difference of the cumulative histograms: 0 to 1. */
    double histogramDistance(ScenePicture other) {
        var sum = 0.0;
        for (var bin = 0; bin < BINS; bin++) {
            sum += Math.abs(cumulative[bin] - other.cumulative[bin]);
        }
        return sum / BINS;
    }

    /** One minus the blocks' correlation where the pictures fit best within {@value #REACH} blocks of shift: 0 to 2. */
    double blockDistance(ScenePicture other) {
        var best = -1.0;
        var reachY = Math.min(REACH, (rows - 1) / 4);
        var reachX = Math.min(REACH, (columns - 1) / 4);
        for (var dy = -reachY; dy <= reachY; dy++) {
            for (var dx = -reachX; dx <= reachX; dx++) {
                best = Math.max(best, correlation(other, dy, dx));
            }
        }
        return 1 - best;
    }

    private double correlation(ScenePicture other, int dy, int dx) {
        double a = 0;
        double b = 0;
        double aa = 0;
        double ab = 0;
        double bb = 0;
        for (var y = Math.max(0, -dy); y < rows - Math.max(0, dy); y++) {
            for (var x = Math.max(0, -dx); x < columns - Math.max(0, dx); x++) {
                double here = blocks[y * columns + x];
                double there = other.blocks[(y + dy) * columns + x + dx];
                a += here;
                b += there;
                aa += here * here;
                ab += here * there;
                bb += there * there;
            }
        }
        var n = (rows - Math.abs(dy)) * (columns - Math.abs(dx));
        var here = Math.max(0, aa / n - a / n * (a / n)) + BLOCK_NOISE;
        var there = Math.max(0, bb / n - b / n * (b / n)) + BLOCK_NOISE;
        return (ab / n - a / n * (b / n) + BLOCK_NOISE) / Math.sqrt(here * there);
    }

    /** Whether this picture is a mixture of those two, as frame-rate conversion makes them. */
    boolean isBlendOf(ScenePicture before, ScenePicture after) {
        var along = 0.0;
        var length = 0.0;
        for (var i = 0; i < blocks.length; i++) {
            var way = (double) before.blocks[i] - after.blocks[i];
            along += (blocks[i] - after.blocks[i]) * way;
            length += way * way;
        }
        var share = along / length;
        if (!(share > 0.1 && share < 0.9)) {
            return false;
        }
        var rest = 0.0;
        for (var i = 0; i < blocks.length; i++) {
            var off = blocks[i] - after.blocks[i] - share * (before.blocks[i] - after.blocks[i]);
            rest += off * off;
        }
        return rest < 0.02 * length;
    }

    void copyFrom(ScenePicture other) {
        System.arraycopy(other.blocks, 0, blocks, 0, blocks.length);
        System.arraycopy(other.cumulative, 0, cumulative, 0, BINS);
    }

    int bytes() {
        return (blocks.length + BINS) * Float.BYTES;
    }

    void write(ByteBuffer out) {
        for (var block : blocks) {
            out.putFloat(block);
        }
        for (var share : cumulative) {
            out.putFloat(share);
        }
    }

    void read(ByteBuffer in) {
        for (var i = 0; i < blocks.length; i++) {
            blocks[i] = in.getFloat();
        }
        for (var i = 0; i < BINS; i++) {
            cumulative[i] = in.getFloat();
        }
    }
}

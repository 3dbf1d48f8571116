package org.chromaprep.pipeline.sample;

import java.util.Arrays;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.output.shard.ChromaBins;

/**
 * Histograms of hue and chroma in a window around a pixel (Larsson et al., "Learning Representations for Automatic
 * Colorization", 2016, section 3: 32 bins each, a window of 7x7). Departures: hue and chroma are CIE Lab's, of a*, b*,
 * rather than HSV's, the window is cut off at the picture's edge, and each pixel counts for hue by its chroma, since grey has
 * none. A pixel adds to the two bins nearest to it. Stateless.
 */
final class HueChroma {
    /** Bins of each of the two. */
    static final int BINS = ChromaBins.COUNT;

    private static final int REACH = 3;

    private HueChroma() {}

    /**
     * Fills 32 bins of hue, from -180 degrees on, and 32 of chroma, each summing to 1.
     *
     * @param picture where in the grid the picture is, with that pixel in it
     * @param ab a*, b* of each pixel of the grid
     * @param into from {@code at}
     */
    static void around(int pixel, Grid grid, GridArea picture, float[] ab, float[] into, int at) {
        Arrays.fill(into, at, at + 2 * BINS, 0);
        var x = pixel % grid.width();
        var y = pixel / grid.width();
        var bottom = picture.top() + picture.grid().height();
        var right = picture.left() + picture.grid().width();
        var hues = 0.0;
        var count = 0;
        for (var row = Math.max(picture.top(), y - REACH); row < Math.min(bottom, y + REACH + 1); row++) {
            for (var column = Math.max(picture.left(), x - REACH); column < Math.min(right, x + REACH + 1); column++) {
                var a = ab[2 * (row * grid.width() + column)];
                var b = ab[2 * (row * grid.width() + column) + 1];
                var chroma = Math.sqrt((double) a * a + (double) b * b);
                var hue = (StrictMath.atan2(b, a) / Math.PI + 1) / 2 * BINS - 0.5;
                var low = (int) Math.floor(hue);
                into[at + Math.floorMod(low, BINS)] += (float) (chroma * (low + 1 - hue));
                into[at + Math.floorMod(low + 1, BINS)] += (float) (chroma * (hue - low));
                hues += chroma;
                var place = Math.max(0, Math.min(BINS - 1, chroma / ChromaBins.MOST * BINS - 0.5));
                low = (int) place;
                into[at + BINS + low] += (float) (low + 1 - place);
                into[at + BINS + Math.min(BINS - 1, low + 1)] += (float) (place - low);
                count++;
            }
        }
        for (var bin = 0; bin < BINS; bin++) {
            into[at + bin] = hues > 0 ? (float) (into[at + bin] / hues) : 1f / BINS;
            into[at + BINS + bin] /= count;
        }
    }
}

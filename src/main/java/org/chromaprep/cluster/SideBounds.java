package org.chromaprep.cluster;

import java.util.Arrays;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;

/**
 * Two clusters: which pixels must lie on the side of the dividing plane where they lay, although the plane moved a
 * little, so that only the others need be projected anew.
 *
 * <p>A pixel x was projected on a direction b and the plane now has the direction d. Features are not negative, so in each
 * layer {@code x.(d - b)} lies between the layer's sum of x times the least and times the greatest number of {@code d - b}
 * there. If the projection plus that interval lies on one side of the threshold, so does x. The bounds are widened by more
 * than the products' rounding. The idea that bounds spare most of Lloyd's distances is Hamerly's ("Making k-means even
 * faster", 2010), whose bounds are Euclidean distances; these come from sums that are wanted anyway.
 *
 * <p>One frame at a time: {@link #begin}, then {@link #refresh}; where that fails, all pixels are projected and {@link
 * #projected} is called. Allocates nothing after the first frame.
 */
final class SideBounds {
    private static final int BLOCK = 1024;
    /** Directions that are remembered; when there is no room for another, all pixels are projected. */
    private static final int MOST_DIRECTIONS = 8;
    /** With more than one pixel in so many to project, projecting all of them costs no more. */
    private static final int FEWEST_SPARED = 6;
    /** Rounding of a projection relative to the sum over the layers of a pixel's sum times the direction's greatest number. */
    private static final double ROUNDING = 4e-6;

    private static final double SUM_ROUNDING = 1e-5;

    private final int pixels;
    private final float[][] directions;
    private final byte[] directionOf;
    private final int[] open;
    private final float[] low;
    private final float[] high;
    private int count;
    private int ones;
    private int[] layerEnds = {};
    private float[][] least = {};
    private float[][] greatest = {};

    SideBounds(int features, int pixels) {
        this.pixels = pixels;
        this.directions = new float[MOST_DIRECTIONS][features];
        this.directionOf = new byte[pixels];
        this.open = new int[pixels / FEWEST_SPARED + 1];
        this.low = new float[pixels];
        this.high = new float[pixels];
    }

    /** Takes a frame whose pixels are all projected on a direction, and forgets the one before. */
    void begin(HypercolumnMatrix x, float[] direction) {
        layerEnds = x.layerEnds();
        if (least.length == 0 || least[0].length != layerEnds.length) {
            least = new float[MOST_DIRECTIONS][layerEnds.length];
            greatest = new float[MOST_DIRECTIONS][layerEnds.length];
        }
        projected(direction);
    }

    /** Takes note that all pixels were projected on a direction. */
    void projected(float[] direction) {
        System.arraycopy(direction, 0, directions[0], 0, direction.length);
        Arrays.fill(directionOf, (byte) 0);
        count = 1;
    }

    /**
     * Finds each pixel's side, if that is possible with few projections.
     *
     * @param direction the direction now
     * @param threshold projections above it are on side 1
     * @param plane the latest projection of each pixel; those that were projected anew are overwritten
     * @param sides receives each pixel's side, 0 or 1
     * @return whether they were found; if not, neither {@code plane} nor what is remembered has changed
     */
    boolean refresh(
            HypercolumnMatrix x,
            HypercolumnTotals totals,
            float[] direction,
            float threshold,
            float[] plane,
            byte[] sides) {
        if (count == MOST_DIRECTIONS) {
            return false;
        }
        for (var b = 0; b < count; b++) {
            bound(direction, b);
        }
        var opened = 0;
        var above = 0;
        for (var begin = 0; begin < pixels; begin += BLOCK) {
            var end = Math.min(begin + BLOCK, pixels);
            boundBlock(totals, plane, begin, end);
            for (var pixel = begin; pixel < end; pixel++) {
                if (directionOf[pixel] != 0) {
                    boundPixel(totals, plane, pixel);
                }
                var side = low[pixel] > threshold ? 1 : 0;
                sides[pixel] = (byte) side;
                above += side;
                if (side == 0 && high[pixel] > threshold) {
                    if (opened == open.length) {
                        return false;
                    }
                    open[opened++] = pixel;
                }
            }
        }
        ones = above;
        if (opened > 0) {
            project(x, direction, threshold, opened, plane, sides);
        }
        return true;
    }

    /** How many pixels the latest {@link #refresh} that succeeded found on side 1. */
    int ones() {
        return ones;
    }

    private void project(
            HypercolumnMatrix x, float[] direction, float threshold, int opened, float[] plane, byte[] sides) {
        x.times(direction, open, opened, plane);
        System.arraycopy(direction, 0, directions[count], 0, direction.length);
        for (var i = 0; i < opened; i++) {
            directionOf[open[i]] = (byte) count;
            var side = plane[open[i]] > threshold ? 1 : 0;
            sides[open[i]] = (byte) side;
            ones += side;
        }
        count++;
    }

    /** The interval of the difference of a remembered direction to this one, layer by layer. */
    private void bound(float[] direction, int b) {
        var from = 0;
        for (var layer = 0; layer < layerEnds.length; layer++) {
            var lowest = Double.POSITIVE_INFINITY;
            var highest = Double.NEGATIVE_INFINITY;
            var size = 0.0;
            for (var f = from; f < layerEnds[layer]; f++) {
                var difference = (double) direction[f] - directions[b][f];
                lowest = Math.min(lowest, difference);
                highest = Math.max(highest, difference);
                size = Math.max(size, Math.max(Math.abs(direction[f]), Math.abs(directions[b][f])));
            }
            var rounding = ROUNDING * size + SUM_ROUNDING * Math.max(Math.abs(lowest), Math.abs(highest));
            least[b][layer] = (float) (lowest - rounding);
            greatest[b][layer] = (float) (highest + rounding);
            from = layerEnds[layer];
        }
    }

    /** Each loop uses all its arrays at the same place: the compiler makes vector instructions only of such. */
    private void boundBlock(HypercolumnTotals totals, float[] plane, int begin, int end) {
        System.arraycopy(plane, begin, low, begin, end - begin);
        System.arraycopy(plane, begin, high, begin, end - begin);
        for (var layer = 0; layer < layerEnds.length; layer++) {
            add(least[0][layer], totals.layer(layer), low, begin, end);
            add(greatest[0][layer], totals.layer(layer), high, begin, end);
        }
    }

    private static void add(float factor, float[] sums, float[] bounds, int begin, int end) {
        for (var i = begin; i < end; i++) {
            bounds[i] += factor * sums[i];
        }
    }

    private void boundPixel(HypercolumnTotals totals, float[] plane, int pixel) {
        var b = directionOf[pixel];
        low[pixel] = plane[pixel];
        high[pixel] = plane[pixel];
        for (var layer = 0; layer < layerEnds.length; layer++) {
            low[pixel] += least[b][layer] * totals.layer(layer)[pixel];
            high[pixel] += greatest[b][layer] * totals.layer(layer)[pixel];
        }
    }
}

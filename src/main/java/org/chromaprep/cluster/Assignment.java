package org.chromaprep.cluster;

import java.util.Arrays;
import java.util.Optional;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;

/**
 * Which centroid is nearest to each pixel, from k - 1 projections.
 *
 * <p>For a pixel x, {@code (|x-c0|^2 - |x-cj|^2) / 2 = x.(cj-c0) - (cj-c0).(cj+c0)/2}: the projection on the difference
 * of two centroids minus an offset, here called the gain of cluster j; that of cluster 0 is 0. The greatest gain wins
 * and a tie goes to the lower id. The difference is rounded to float once and that rounded vector serves both terms, so
 * that the plane between two clusters goes exactly through the middle of their centroids.
 *
 * <p>Two clusters of rectified features: after a frame's first projection only the pixels that may have changed side are
 * projected (see {@link SideBounds}).
 */
final class Assignment {
    private static final int BLOCK = 1024;

    private final int clusters;
    private final int features;
    private final int pixels;
    private final float[] directions;
    private final double[] offsets;
    private final float[] planes;
    private final double[] best = new double[BLOCK];
    private final byte[] nearest = new byte[BLOCK];
    private final Optional<SideBounds> bounds;
    private final byte[] sides;
    private boolean whole;

    Assignment(int clusters, int features, int pixels) {
        this.clusters = clusters;
        this.features = features;
        this.pixels = pixels;
        var columns = Math.max(1, clusters - 1);
        this.directions = new float[columns * features];
        this.offsets = new double[columns];
        this.planes = new float[Math.multiplyExact(columns, pixels)];
        this.bounds = clusters == 2 ? Optional.of(new SideBounds(features, pixels)) : Optional.empty();
        this.sides = new byte[clusters == 2 ? pixels : 0];
    }

    /** Takes a frame's totals, and its projections for the first centroids. */
    void begin(HypercolumnMatrix x, HypercolumnTotals totals, double[] centroids) {
        aim(centroids);
        x.totals(totals, directions, clusters - 1, planes);
        whole = true;
        bounds.ifPresent(each -> each.begin(x, directions));
    }

    /** Computes the projections for those centroids, as far as {@link #label} needs them. */
    void project(HypercolumnMatrix x, HypercolumnTotals totals, double[] centroids) {
        if (clusters == 1) {
            return;
        }
        aim(centroids);
        whole = bounds.isEmpty()
                || !x.isRectified()
                || !bounds.get().refresh(x, totals, directions, threshold(), planes, sides);
        if (whole) {
            projectAll(x);
        }
    }

    /** Makes sure that the projections for the latest centroids are there for every pixel. */
    void complete(HypercolumnMatrix x) {
        if (!whole && clusters > 1) {
            projectAll(x);
            whole = true;
        }
    }

    private void projectAll(HypercolumnMatrix x) {
        x.times(directions, clusters - 1, planes);
        bounds.ifPresent(each -> each.projected(directions));
    }

    private void aim(double[] centroids) {
        for (var j = 1; j < clusters; j++) {
            var column = (j - 1) * features;
            var from = j * features;
            var offset = 0.0;
            for (var f = 0; f < features; f++) {
                var difference = (float) (centroids[from + f] - centroids[f]);
                directions[column + f] = difference;
                offset += difference * (0.5 * (centroids[from + f] + centroids[f]));
            }
            offsets[j - 1] = offset;
        }
    }

    /** A float exceeds the double offset exactly if it exceeds the greatest float that is not above the offset. */
    private float threshold() {
        var threshold = (float) offsets[0];
        return threshold > offsets[0] ? Math.nextDown(threshold) : threshold;
    }

    /**
     * Writes each pixel's nearest centroid and the clusters' sizes.
     *
     * @return whether a label differs from the one that was there
     */
    boolean label(byte[] labels, int[] sizes) {
        Arrays.fill(sizes, 0);
        return switch (clusters) {
            case 1 -> labelOne(labels, sizes);
            case 2 -> labelTwo(labels, sizes);
            default -> labelMany(labels, sizes);
        };
    }

    private boolean labelOne(byte[] labels, int[] sizes) {
        var changed = 0;
        for (var i = 0; i < pixels; i++) {
            changed |= labels[i];
            labels[i] = 0;
        }
        sizes[0] = pixels;
        return changed != 0;
    }

    private boolean labelTwo(byte[] labels, int[] sizes) {
        var ones = whole ? findSides(threshold()) : bounds.orElseThrow().ones();
        var changed = !Arrays.equals(labels, sides);
        System.arraycopy(sides, 0, labels, 0, pixels);
        sizes[0] = pixels - ones;
        sizes[1] = ones;
        return changed;
    }

    private int findSides(float threshold) {
        var ones = 0;
        for (var i = 0; i < pixels; i++) {
            var side = planes[i] > threshold ? 1 : 0;
            sides[i] = (byte) side;
            ones += side;
        }
        return ones;
    }

    private boolean labelMany(byte[] labels, int[] sizes) {
        var changed = 0;
        for (var begin = 0; begin < pixels; begin += BLOCK) {
            var length = Math.min(BLOCK, pixels - begin);
            Arrays.fill(best, 0, length, 0);
            Arrays.fill(nearest, 0, length, (byte) 0);
            for (var j = 1; j < clusters; j++) {
                raise(planes, (j - 1) * pixels + begin, length, offsets[j - 1], (byte) j);
            }
            for (var i = 0; i < length; i++) {
                changed |= labels[begin + i] ^ nearest[i];
                labels[begin + i] = nearest[i];
                sizes[nearest[i] & 0xFF]++;
            }
        }
        return changed != 0;
    }

    private void raise(float[] plane, int from, int length, double offset, byte cluster) {
        for (var i = 0; i < length; i++) {
            var gain = plane[from + i] - offset;
            nearest[i] = gain > best[i] ? cluster : nearest[i];
            best[i] = Math.max(best[i], gain);
        }
    }

    /** {@code |x-cl|^2 - |x-c0|^2} for a pixel and its label l, from projections that are complete. */
    double excess(int pixel, byte label) {
        var j = (label & 0xFF) - 1;
        return j < 0 ? 0 : 2 * (offsets[j] - planes[j * pixels + pixel]);
    }
}

package org.chromaprep.cluster;

import java.util.Arrays;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;

/**
 * The sum of each cluster's hypercolumns, in double. A frame begins with all pixels in its largest cluster, whose sum
 * is known; from there on, pixels that changed cluster are taken from one sum and added to another, so that only the maps'
 * positions around them are read.
 */
final class ClusterSums {
    /** Pixels up to which gathering one after another costs less than a product that looks for them. */
    private static final int MOST_MOVERS = 256;

    private static final int GATHERED = 16;

    private final int clusters;
    private final int features;
    private final int pixels;
    private final double[] sums;
    private final double[] products;
    private final float[] indicators;
    private final byte[] summed;
    private final int[] movers = new int[MOST_MOVERS];
    private final int[] gathered = new int[GATHERED];
    private final float[] rows;
    private int moving;

    ClusterSums(int clusters, int features, int pixels) {
        this.clusters = clusters;
        this.features = features;
        this.pixels = pixels;
        var columns = Math.max(1, clusters - 1);
        this.sums = new double[clusters * features];
        this.products = new double[columns * features];
        this.indicators = new float[Math.multiplyExact(columns, pixels)];
        this.summed = new byte[pixels];
        this.rows = new float[GATHERED * features];
    }

    /** The sums, one cluster after another. The array itself, not a copy. */
    double[] sums() {
        return sums;
    }

    /** Sums a frame's clusters for the first time. */
    void take(HypercolumnMatrix x, HypercolumnTotals totals, byte[] labels, int[] sizes) {
        var largest = largest(sizes);
        Arrays.fill(sums, 0);
        System.arraycopy(totals.features(), 0, sums, largest * features, features);
        Arrays.fill(summed, (byte) largest);
        moveTogether(x, labels, largest);
        System.arraycopy(labels, 0, summed, 0, pixels);
    }

    /** Brings the sums from the labels that they were taken for to others of the same frame. */
    void update(HypercolumnMatrix x, byte[] labels, int[] sizes) {
        if (findMovers(labels)) {
            moveOneByOne(x, labels);
        } else {
            moveTogether(x, labels, largest(sizes));
        }
        System.arraycopy(labels, 0, summed, 0, pixels);
    }

    /** The cluster of the greatest number; the first of several. */
    static int largest(int[] sizes) {
        var largest = 0;
        for (var j = 1; j < sizes.length; j++) {
            largest = sizes[j] > sizes[largest] ? j : largest;
        }
        return largest;
    }

    private void moveTogether(HypercolumnMatrix x, byte[] labels, int largest) {
        if (clusters == 1) {
            return;
        }
        indicateChanges(labels, largest);
        x.transposeTimes(indicators, clusters - 1, products);
        for (var j = 0; j < clusters; j++) {
            var column = (j < largest ? j : j - 1) * features;
            for (var f = 0; f < features && j != largest; f++) {
                sums[j * features + f] += products[column + f];
                sums[largest * features + f] -= products[column + f];
            }
        }
    }

    /** Finds the pixels that are not yet summed where they belong; false if they are too many to go one by one. */
    private boolean findMovers(byte[] labels) {
        moving = 0;
        var from = 0;
        while (from < pixels) {
            var same = Arrays.mismatch(labels, from, pixels, summed, from, pixels);
            if (same < 0) {
                return true;
            }
            if (moving == movers.length) {
                return false;
            }
            movers[moving++] = from + same;
            from += same + 1;
        }
        return true;
    }

    private void moveOneByOne(HypercolumnMatrix x, byte[] labels) {
        for (var begin = 0; begin < moving; begin += GATHERED) {
            for (var i = 0; i < GATHERED; i++) {
                gathered[i] = movers[Math.min(begin + i, moving - 1)];
            }
            x.gather(gathered, rows);
            for (var i = 0; i < Math.min(GATHERED, moving - begin); i++) {
                var from = (summed[gathered[i]] & 0xFF) * features;
                var to = (labels[gathered[i]] & 0xFF) * features;
                for (var f = 0; f < features; f++) {
                    sums[from + f] -= rows[i * features + f];
                    sums[to + f] += rows[i * features + f];
                }
            }
        }
    }

    private void indicateChanges(byte[] labels, int largest) {
        if (clusters == 2) {
            var sign = 1 - 2 * largest;
            for (var i = 0; i < pixels; i++) {
                indicators[i] = sign * (labels[i] - summed[i]);
            }
            return;
        }
        Arrays.fill(indicators, 0);
        for (var i = 0; i < pixels; i++) {
            if (labels[i] != summed[i]) {
                add(labels[i], largest, i, 1);
                add(summed[i], largest, i, -1);
            }
        }
    }

    private void add(byte label, int largest, int pixel, float number) {
        var cluster = label & 0xFF;
        if (cluster != largest) {
            indicators[(cluster < largest ? cluster : cluster - 1) * pixels + pixel] = number;
        }
    }
}

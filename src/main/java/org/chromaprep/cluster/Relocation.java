package org.chromaprep.cluster;

import java.util.Arrays;
import org.chromaprep.hypercolumn.HypercolumnMatrix;

/**
 * What becomes of empty clusters: as in scikit-learn, each takes over one of the pixels farthest from their old
 * centroids.
 *
 * <p>Departure: distances are compared as {@code |x|^2 - 2 x.c + |c|^2} in float products, so among pixels whose
 * squared distances agree to about 1e-6 of their squared norms any one may be taken.
 */
final class Relocation {
    /**
     * Squared distance to squared norm below which a pixel lies on its centroid: float rounding, well below any grain.
     */
    private static final double ON_CENTROID = 1e-12;

    private final int features;
    private final float[] column;
    private final int[] farthest;
    private final double[] distances;
    private final int[] one = new int[1];
    private final double[] norms;
    private final float[] plane;
    private boolean normsKnown;
    private int count;

    Relocation(int clusters, int features, int pixels) {
        this.features = features;
        this.norms = new double[pixels];
        this.plane = new float[pixels];
        this.column = new float[features];
        this.farthest = new int[clusters];
        this.distances = new double[clusters];
    }

    /** Whether a cluster is empty. */
    static boolean isNeeded(int[] sizes) {
        return empty(sizes) > 0;
    }

    private static int empty(int[] sizes) {
        var empty = 0;
        for (var size : sizes) {
            empty += size == 0 ? 1 : 0;
        }
        return empty;
    }

    /** Forgets the frame before. */
    void begin() {
        normsKnown = false;
        count = 0;
    }

    /**
     * Finds as many of the farthest pixels as there are empty clusters; the assignment's latest projections must be those
     * for these centroids.
     */
    void find(HypercolumnMatrix x, Assignment assignment, double[] centroids, Clustering state) {
        var empty = empty(state.sizes());
        count = 0;
        if (empty == 0) {
            return;
        }
        assignment.complete(x);
        if (!normsKnown) {
            x.squaredNorms(norms);
            normsKnown = true;
        }
        var norm = 0.0;
        for (var f = 0; f < features; f++) {
            column[f] = (float) centroids[f];
            norm += centroids[f] * centroids[f];
        }
        x.times(column, 1, plane);
        Arrays.fill(distances, Double.NEGATIVE_INFINITY);
        var labels = state.labels();
        for (var i = 0; i < labels.length; i++) {
            insert(i, norms[i] - 2.0 * plane[i] + norm + assignment.excess(i, labels[i]), empty);
        }
        one[0] = farthest[0];
        x.gather(one, column);
        var from = (labels[farthest[0]] & 0xFF) * features;
        var distance = 0.0;
        for (var f = 0; f < features; f++) {
            var difference = column[f] - centroids[from + f];
            distance += difference * difference;
        }
        if (distance <= ON_CENTROID * norms[farthest[0]]) {
            // More clusters than different pixels: there is nothing to take over.
            count = 0;
        }
    }

    private void insert(int pixel, double distance, int most) {
        if (count == most && distance <= distances[most - 1]) {
            return;
        }
        var at = count < most ? count++ : most - 1;
        while (at > 0 && distances[at - 1] < distance) {
            distances[at] = distances[at - 1];
            farthest[at] = farthest[at - 1];
            at--;
        }
        distances[at] = distance;
        farthest[at] = pixel;
    }

    /** Moves the found pixels from their clusters' sums and weights to those of the empty ones. */
    void apply(HypercolumnMatrix x, byte[] labels, double[] sums, int[] weights) {
        var next = 0;
        for (var j = 0; j < weights.length && next < count; j++) {
            if (weights[j] == 0) {
                one[0] = farthest[next++];
                x.gather(one, column);
                var old = labels[one[0]] & 0xFF;
                for (var f = 0; f < features; f++) {
                    sums[old * features + f] -= column[f];
                    sums[j * features + f] = column[f];
                }
                weights[j] = 1;
                weights[old]--;
            }
        }
    }
}

package org.chromaprep.cluster;

import java.util.Arrays;
import org.chromaprep.hypercolumn.HypercolumnMatrix;

/**
 * Lloyd's k-means on a hypercolumn matrix that is not stored.
 *
 * <p>The algorithm, its order of steps and its ways of ending are those of scikit-learn's {@code KMeans} with {@code
 * algorithm="lloyd"} and one given start: an iteration assigns pixels and moves centroids; it ends when no label
 * changed, when the squared shift of all centroids is at most the tolerance times the features' mean variance (labels
 * are then computed once more), or when the iterations run out (likewise). Empty clusters take over the pixels farthest
 * from their centroids; with more clusters than different pixels, the surplus clusters stay empty on the largest one's
 * centroid.
 *
 * <p>Departures: products are computed from the feature maps in float, so pixels whose two nearest centroids tie to
 * float may go to the other one; a tie in the computed numbers goes to the lower id. The sum of the largest cluster is
 * the sum over all pixels minus the other clusters' sums. From the second iteration on, sums are not taken anew: the
 * pixels that changed cluster are added to one and taken from the other, in double, so that only the maps' positions
 * around them are read. The inertia is a difference of sums over squared norms, exact
 * to about 1e-7 of the sum of all squared norms.
 *
 * <p>All scratch memory is allocated once: about {@code (4 (k - 1) + 13) * pixels} bytes. One instance is used by one
 * thread at a time, and its use allocates nothing.
 */
public final class KMeans {
    private final KMeansSettings settings;
    private final int clusters;
    private final int features;
    private final int pixels;
    private final Assignment assignment;
    private final Relocation relocation;
    private final double[] total;
    private final double[] sums;
    private final double[] changes;
    private final byte[] summed;
    private final int[] weights;
    private double[] centroids;
    private double[] moved;

    /**
     * @param settings what to do
     * @param features columns of the matrices to come, at least 1
     * @param pixels their rows, at least as many as clusters
     * @throws IllegalArgumentException if there are fewer pixels than clusters, or no feature
     */
    public KMeans(KMeansSettings settings, int features, int pixels) {
        if (features < 1 || pixels < settings.clusters()) {
            throw new IllegalArgumentException("k-means with " + settings.clusters()
                    + " clusters needs at least as many pixels and one feature, not " + pixels + " and " + features
                    + "; ask for fewer clusters or a larger grid.");
        }
        this.settings = settings;
        this.clusters = settings.clusters();
        this.features = features;
        this.pixels = pixels;
        this.assignment = new Assignment(clusters, features, pixels);
        this.relocation = new Relocation(clusters, features, pixels);
        this.total = new double[features];
        this.sums = new double[clusters * features];
        this.changes = new double[Math.max(1, clusters - 1) * features];
        this.summed = new byte[pixels];
        this.weights = new int[clusters];
        this.centroids = new double[clusters * features];
        this.moved = new double[clusters * features];
    }

    /**
     * Clusters a frame's pixels.
     *
     * @param x the frame's hypercolumns
     * @param start the centroids to start from, k after another; may be {@code out.centroids()}
     * @param out receives the result
     * @throws IllegalArgumentException if a shape differs from the one at construction, or the hypercolumns hold
     *     numbers that are not finite
     */
    public void cluster(HypercolumnMatrix x, float[] start, Clustering out) {
        check(x, start.length, out);
        for (var i = 0; i < start.length; i++) {
            centroids[i] = start[i];
        }
        var totalNorm = x.totals(total);
        if (!Double.isFinite(totalNorm)) {
            throw new IllegalArgumentException("The hypercolumns hold numbers that are not finite; "
                    + "check the weights, or compute with a higher precision.");
        }
        relocation.begin();
        var stop = settings.tolerance() * meanVariance(totalNorm);
        var atRest = false;
        var near = false;
        var iteration = 0;
        var projected = false;
        while (!atRest && !near && iteration < settings.maxIterations()) {
            iteration++;
            assignment.project(x, centroids);
            atRest = !assignment.label(out.labels(), out.sizes()) && iteration > 1;
            projected = atRest && !Relocation.isNeeded(out.sizes());
            if (!projected) {
                relocation.find(x, assignment, centroids, out);
                sum(x, out, iteration == 1);
                move(x, out);
                near = shift() <= stop;
                swap();
            }
        }
        if (!projected) {
            assignment.project(x, centroids);
            if (!atRest) {
                assignment.label(out.labels(), out.sizes());
            }
        }
        for (var i = 0; i < centroids.length; i++) {
            out.centroids()[i] = (float) centroids[i];
        }
        out.finished(inertia(totalNorm, out.labels()), iteration, atRest || near);
    }

    private void check(HypercolumnMatrix x, int startLength, Clustering out) {
        if (x.features() != features || x.grid().pixels() != pixels) {
            throw new IllegalArgumentException("This k-means was made for " + pixels + " pixels of " + features
                    + " features, not " + x.grid().pixels() + " of " + x.features() + ".");
        }
        if (startLength != clusters * features || out.centroids().length != clusters * features
                || out.sizes().length != clusters || out.labels().length != pixels) {
            throw new IllegalArgumentException("The start and the result of this k-means need " + clusters
                    + " centroids of " + features + " features and " + pixels + " labels.");
        }
    }

    private double meanVariance(double totalNorm) {
        var squares = 0.0;
        for (var t : total) {
            squares += t / pixels * (t / pixels);
        }
        return Math.max(0, totalNorm / pixels - squares) / features;
    }

    /**
     * The clusters' sums, for all pixels or for those that changed; the projections are gone afterwards, their memory
     * serves as planes of what to add.
     */
    private void sum(HypercolumnMatrix x, Clustering out, boolean afresh) {
        System.arraycopy(out.sizes(), 0, weights, 0, clusters);
        var largest = largest();
        if (clusters > 1) {
            if (afresh) {
                Arrays.fill(sums, 0);
                indicate(out.labels(), largest);
            } else {
                indicateChanges(out.labels(), largest);
            }
            x.transposeTimes(assignment.planes(), clusters - 1, changes);
        }
        System.arraycopy(total, 0, sums, largest * features, features);
        for (var j = 0; j < clusters; j++) {
            if (j != largest) {
                addChanges(j, j < largest ? j : j - 1, largest);
            }
        }
        System.arraycopy(out.labels(), 0, summed, 0, pixels);
    }

    /** New centroids from the sums. */
    private void move(HypercolumnMatrix x, Clustering out) {
        System.arraycopy(sums, 0, moved, 0, moved.length);
        relocation.apply(x, out.labels(), moved, weights);
        for (var j = 0; j < clusters; j++) {
            for (var f = j * features; weights[j] > 0 && f < (j + 1) * features; f++) {
                moved[f] /= weights[j];
            }
        }
        var heaviest = largest();
        for (var j = 0; j < clusters; j++) {
            if (weights[j] == 0) {
                System.arraycopy(moved, heaviest * features, moved, j * features, features);
            }
        }
    }

    private int largest() {
        var largest = 0;
        for (var j = 1; j < clusters; j++) {
            largest = weights[j] > weights[largest] ? j : largest;
        }
        return largest;
    }

    private void indicate(byte[] labels, int largest) {
        var planes = assignment.planes();
        if (clusters == 2) {
            for (var i = 0; i < pixels; i++) {
                planes[i] = labels[i] ^ largest;
            }
            return;
        }
        Arrays.fill(planes, 0);
        for (var i = 0; i < pixels; i++) {
            add(planes, labels[i], largest, i, 1);
        }
    }

    private void indicateChanges(byte[] labels, int largest) {
        var planes = assignment.planes();
        if (clusters == 2) {
            var sign = 1 - 2 * largest;
            for (var i = 0; i < pixels; i++) {
                planes[i] = sign * (labels[i] - summed[i]);
            }
            return;
        }
        Arrays.fill(planes, 0);
        for (var i = 0; i < pixels; i++) {
            if (labels[i] != summed[i]) {
                add(planes, labels[i], largest, i, 1);
                add(planes, summed[i], largest, i, -1);
            }
        }
    }

    private void add(float[] planes, byte label, int largest, int pixel, float number) {
        var cluster = label & 0xFF;
        if (cluster != largest) {
            planes[(cluster < largest ? cluster : cluster - 1) * pixels + pixel] = number;
        }
    }

    private void addChanges(int cluster, int column, int largest) {
        for (var f = 0; f < features; f++) {
            sums[cluster * features + f] += changes[column * features + f];
            sums[largest * features + f] -= sums[cluster * features + f];
        }
    }

    private double shift() {
        var shift = 0.0;
        for (var i = 0; i < centroids.length; i++) {
            var difference = moved[i] - centroids[i];
            shift += difference * difference;
        }
        return shift;
    }

    private void swap() {
        var old = centroids;
        centroids = moved;
        moved = old;
    }

    private double inertia(double totalNorm, byte[] labels) {
        var product = 0.0;
        var norm = 0.0;
        for (var f = 0; f < features; f++) {
            product += total[f] * centroids[f];
            norm += centroids[f] * centroids[f];
        }
        return Math.max(0, totalNorm - 2 * product + pixels * norm + assignment.excess(labels));
    }
}

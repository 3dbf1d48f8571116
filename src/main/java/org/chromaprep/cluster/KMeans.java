package org.chromaprep.cluster;

import java.util.Arrays;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;

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
 * around them are read. The inertia comes from these sums: it is a difference of sums over squared norms, exact to about
 * 1e-7 of the sum of all squared norms. With two clusters only pixels that may have changed sides are looked at again.
 *
 * <p>All scratch memory is allocated once: about {@code (8 (k - 1) + 4 layers + 15) * pixels} bytes. One instance is used by one
 * thread at a time, and its use allocates nothing but what the matrix's gathering does.
 */
public final class KMeans {
    /** Pixels up to which gathering one after another costs less than a product that looks for them. */
    private static final int MOST_MOVERS = 256;
    private static final int GATHERED = 16;

    private final KMeansSettings settings;
    private final int clusters;
    private final int features;
    private final int pixels;
    private final Assignment assignment;
    private final Relocation relocation;
    private final HypercolumnTotals totals = new HypercolumnTotals();
    private final float[] indicators;
    private final double[] sums;
    private final double[] changes;
    private final byte[] summed;
    private final int[] movers = new int[MOST_MOVERS];
    private final int[] gathered = new int[GATHERED];
    private final float[] rows;
    private final int[] weights;
    private double[] centroids;
    private double[] moved;
    private int moving;

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
        this.indicators = new float[Math.multiplyExact(Math.max(1, clusters - 1), pixels)];
        this.sums = new double[clusters * features];
        this.changes = new double[Math.max(1, clusters - 1) * features];
        this.summed = new byte[pixels];
        this.rows = new float[GATHERED * features];
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
        x.totals(totals);
        if (!Double.isFinite(totals.squares())) {
            throw new IllegalArgumentException("The hypercolumns hold numbers that are not finite; "
                    + "check the weights, or compute with a higher precision.");
        }
        assignment.begin(x);
        relocation.begin();
        var stop = settings.tolerance() * meanVariance();
        var atRest = false;
        var near = false;
        var iteration = 0;
        while (!atRest && !near && iteration < settings.maxIterations()) {
            iteration++;
            assignment.project(x, totals, centroids);
            atRest = !assignment.label(out.labels(), out.sizes()) && iteration > 1;
            if (!atRest || Relocation.isNeeded(out.sizes())) {
                relocation.find(x, assignment, centroids, out);
                sum(x, out, iteration == 1);
                move(x, out);
                near = shift() <= stop;
                swap();
            }
        }
        if (!atRest) {
            assignment.project(x, totals, centroids);
            if (assignment.label(out.labels(), out.sizes())) {
                sum(x, out, false);
            }
        }
        for (var i = 0; i < centroids.length; i++) {
            out.centroids()[i] = (float) centroids[i];
        }
        out.finished(inertia(out.sizes()), iteration, atRest || near);
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

    /** The sums over the latest frame, until the next one is clustered. */
    HypercolumnTotals totals() {
        return totals;
    }

    private double meanVariance() {
        var squares = 0.0;
        for (var total : totals.features()) {
            squares += total / pixels * (total / pixels);
        }
        return Math.max(0, totals.squares() / pixels - squares) / features;
    }

    /** The clusters' sums, from all pixels or from those that changed. */
    private void sum(HypercolumnMatrix x, Clustering out, boolean afresh) {
        System.arraycopy(out.sizes(), 0, weights, 0, clusters);
        var largest = largest();
        if (afresh) {
            Arrays.fill(sums, 0);
            System.arraycopy(totals.features(), 0, sums, largest * features, features);
            indicate(out.labels(), largest);
            addProduct(x, largest);
        } else if (movers(out.labels())) {
            moveOneByOne(x, out.labels());
        } else {
            indicateChanges(out.labels(), largest);
            addProduct(x, largest);
        }
        System.arraycopy(out.labels(), 0, summed, 0, pixels);
    }

    private void addProduct(HypercolumnMatrix x, int largest) {
        if (clusters == 1) {
            return;
        }
        x.transposeTimes(indicators, clusters - 1, changes);
        for (var j = 0; j < clusters; j++) {
            var column = (j < largest ? j : j - 1) * features;
            for (var f = 0; f < features && j != largest; f++) {
                sums[j * features + f] += changes[column + f];
                sums[largest * features + f] -= changes[column + f];
            }
        }
    }

    /** Finds the pixels that are not yet summed where they belong; false if they are too many to go one by one. */
    private boolean movers(byte[] labels) {
        moving = 0;
        for (var i = 0; i < pixels; i++) {
            if (labels[i] != summed[i]) {
                if (moving == movers.length) {
                    return false;
                }
                movers[moving++] = i;
            }
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
        if (clusters == 2) {
            for (var i = 0; i < pixels; i++) {
                indicators[i] = labels[i] ^ largest;
            }
            return;
        }
        Arrays.fill(indicators, 0);
        for (var i = 0; i < pixels; i++) {
            add(labels[i], largest, i, 1);
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

    private double inertia(int[] sizes) {
        var inertia = totals.squares();
        for (var j = 0; j < clusters; j++) {
            for (var f = j * features; f < (j + 1) * features; f++) {
                inertia += centroids[f] * (sizes[j] * centroids[f] - 2 * sums[f]);
            }
        }
        return Math.max(0, inertia);
    }
}

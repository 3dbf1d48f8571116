package org.chromaprep.cluster;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;
import org.chromaprep.hypercolumn.LloydRun;
import org.chromaprep.hypercolumn.LloydSettings;
import org.chromaprep.hypercolumn.LloydStart;

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
 * float may go to the other one; a tie in the computed numbers goes to the lower id. The clusters' sums are kept up to
 * date with the pixels that change cluster (see {@link ClusterSums}), and with two clusters only pixels that may have
 * changed sides are looked at again (see {@link SideBounds}). The inertia comes from the sums: it is a difference of sums
 * over squared norms, exact to about 1e-7 of the sum of all squared norms.
 *
 * <p>A matrix whose maps lie on a device does all of that there (see {@link HypercolumnMatrix#lloyd}), but for frames with
 * empty clusters.
 *
 * <p>All scratch memory is allocated once: about {@code (8 (k - 1) + 4 layers + 15) * pixels} bytes, and 8 more a pixel
 * with two clusters. One instance is used by one thread at a time, and its use allocates nothing but what the matrix's
 * gathering does.
 */
public final class KMeans {
    private final KMeansSettings settings;
    private final int clusters;
    private final int features;
    private final int pixels;
    private final Assignment assignment;
    private final Relocation relocation;
    private final HypercolumnTotals totals = new HypercolumnTotals();
    private final ClusterSums sums;
    private final int[] weights;
    private final LloydSettings lloyd;
    private float[] average = {};
    private boolean elsewhere;
    private double[] centroids;
    private double[] moved;
    private BooleanSupplier unwanted = () -> false;

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
        this.sums = new ClusterSums(clusters, features, pixels);
        this.weights = new int[clusters];
        this.lloyd = new LloydSettings(clusters, settings.maxIterations(), settings.tolerance());
        this.centroids = new double[clusters * features];
        this.moved = new double[clusters * features];
    }

    /**
     * Lets clusterings end early, with clusters that nobody wants.
     *
     * @param question asked before each iteration
     */
    public void abandonWhen(BooleanSupplier question) {
        unwanted = question;
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
        var run = begin(x, new LloydStart.Given(start));
        if (run.isEmpty() || !await(run.get(), out)) {
            byProducts(x, start, out);
        }
    }

    /** Begins a frame where its maps lie, if they lie somewhere that does all of it. */
    Optional<LloydRun> begin(HypercolumnMatrix x, LloydStart start) {
        return x.lloyd(lloyd, start);
    }

    /**
     * Awaits what {@link #begin} began.
     *
     * @return false if the frame must be clustered by products
     */
    boolean await(LloydRun run, Clustering out) {
        average = average.length == pixels ? average : new float[pixels];
        try (run) {
            var outcome = run.await(out.labels(), out.centroids(), out.sizes(), average);
            outcome.ifPresent(each -> {
                checkFinite(each.squares());
                out.finished(each.inertia(), each.iterations(), each.converged());
            });
            elsewhere = outcome.isPresent();
            return elsewhere;
        }
    }

    private static void checkFinite(double squares) {
        if (!Double.isFinite(squares)) {
            throw new IllegalArgumentException("The hypercolumns hold numbers that are not finite; "
                    + "check the weights, or compute with a higher precision.");
        }
    }

    /** Clusters a frame by the matrix's products. */
    void byProducts(HypercolumnMatrix x, float[] start, Clustering out) {
        elsewhere = false;
        for (var i = 0; i < start.length; i++) {
            centroids[i] = start[i];
        }
        assignment.begin(x, totals, centroids);
        checkFinite(totals.squares());
        relocation.begin();
        var stop = settings.tolerance() * meanVariance();
        var atRest = false;
        var near = false;
        var iteration = 0;
        while (!atRest && !near && iteration < settings.maxIterations() && !unwanted.getAsBoolean()) {
            iteration++;
            if (iteration > 1) {
                assignment.project(x, totals, centroids);
            }
            atRest = !assignment.label(out.labels(), out.sizes()) && iteration > 1;
            if (!atRest || Relocation.isNeeded(out.sizes())) {
                relocation.find(x, assignment, centroids, out);
                if (iteration == 1) {
                    sums.take(x, totals, out.labels(), out.sizes());
                } else {
                    sums.update(x, out.labels(), out.sizes());
                }
                move(x, out);
                near = shift() <= stop;
                swap();
            }
        }
        if (!atRest) {
            assignment.project(x, totals, centroids);
            if (assignment.label(out.labels(), out.sizes())) {
                sums.update(x, out.labels(), out.sizes());
            }
        }
        for (var i = 0; i < centroids.length; i++) {
            out.centroids()[i] = (float) centroids[i];
        }
        out.finished(inertia(out.sizes()), iteration, atRest || near);
    }

    /** Checks the shapes. */
    void check(HypercolumnMatrix x, int startLength, Clustering out) {
        if (x.features() != features || x.grid().pixels() != pixels) {
            throw new IllegalArgumentException("This k-means was made for " + pixels + " pixels of " + features
                    + " features, not " + x.grid().pixels() + " of " + x.features() + ".");
        }
        if (startLength != clusters * features
                || out.centroids().length != clusters * features
                || out.sizes().length != clusters
                || out.labels().length != pixels) {
            throw new IllegalArgumentException("The start and the result of this k-means need " + clusters
                    + " centroids of " + features + " features and " + pixels + " labels.");
        }
    }

    /**
     * The average of each pixel's features in the frame that was clustered last.
     *
     * @param plane receives a number a pixel
     */
    void average(float[] plane) {
        if (elsewhere) {
            System.arraycopy(average, 0, plane, 0, pixels);
        } else {
            totals.average(plane);
        }
    }

    private double meanVariance() {
        var squares = 0.0;
        for (var total : totals.features()) {
            squares += total / pixels * (total / pixels);
        }
        return Math.max(0, totals.squares() / pixels - squares) / features;
    }

    /** New centroids from the sums. */
    private void move(HypercolumnMatrix x, Clustering out) {
        System.arraycopy(sums.sums(), 0, moved, 0, moved.length);
        System.arraycopy(out.sizes(), 0, weights, 0, clusters);
        relocation.apply(x, out.labels(), moved, weights);
        for (var j = 0; j < clusters; j++) {
            for (var f = j * features; weights[j] > 0 && f < (j + 1) * features; f++) {
                moved[f] /= weights[j];
            }
        }
        var heaviest = ClusterSums.largest(weights);
        for (var j = 0; j < clusters; j++) {
            if (weights[j] == 0) {
                System.arraycopy(moved, heaviest * features, moved, j * features, features);
            }
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
                inertia += centroids[f] * (sizes[j] * centroids[f] - 2 * sums.sums()[f]);
            }
        }
        return Math.max(0, inertia);
    }
}

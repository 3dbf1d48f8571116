package org.chromaprep.cluster;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.LloydStart;

/**
 * Where k-means starts: greedy k-means++, or pixels that somebody chose.
 *
 * <p>Greedy k-means++: D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007. As in
 * scikit-learn, the first centroid is a pixel drawn uniformly, and for each further one {@code 2 + ln k} pixels are
 * drawn with a probability proportional to the squared distance from the nearest centroid so far, of which the one that
 * leaves the least sum of squared distances is kept. The random numbers are our own, so the pixels differ from
 * scikit-learn's for the same seed.
 *
 * <p>Scratch memory is allocated once and belongs to the instance, which is used by one thread at a time.
 */
public final class Seeding {
    private final int clusters;
    private final int features;
    private final int pixels;
    private final int trials;
    private final int[] first = new int[1];
    private final int[] candidates;
    private final float[] rows;
    private final float[] planes;
    private final double[] nearest;

    /**
     * @param clusters k, at least 1
     * @param features columns of the matrices to come, at least 1
     * @param pixels their rows, at least as many as clusters
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Seeding(int clusters, int features, int pixels) {
        if (clusters < 1 || features < 1 || pixels < clusters) {
            throw new IllegalArgumentException("Starting " + clusters + " clusters needs at least as many pixels, not "
                    + pixels + ", and at least one feature.");
        }
        this.clusters = clusters;
        this.features = features;
        this.pixels = pixels;
        this.trials = 2 + (int) Math.log(clusters);
        this.candidates = new int[trials];
        this.rows = new float[trials * features];
        this.planes = new float[trials * pixels];
        this.nearest = new double[pixels];
    }

    /**
     * The random numbers of a frame's start; they depend on the seed and the frame only.
     *
     * @param seed of the run
     * @param frame the frame's number
     */
    public LloydStart.PlusPlus draws(long seed, long frame) {
        var random = new SplitMix64(seed, frame);
        var firstPixel = (int) (random.nextDouble() * pixels);
        return new LloydStart.PlusPlus(
                firstPixel,
                trials,
                DoubleStream.generate(random::nextDouble)
                        .limit((long) (clusters - 1) * trials)
                        .toArray());
    }

    /**
     * Draws k start centroids by greedy k-means++; the result depends on the matrix and the numbers only.
     *
     * @param x the frame's hypercolumns
     * @param squaredNorms their squared norms
     * @param draws of the frame
     * @param start receives k centroids, one after another
     * @throws IllegalArgumentException if the array is too short
     */
    public void kMeansPlusPlus(HypercolumnMatrix x, double[] squaredNorms, LloydStart.PlusPlus draws, float[] start) {
        first[0] = draws.firstPixel();
        x.gather(first, rows);
        System.arraycopy(rows, 0, start, 0, features);
        x.times(rows, 1, planes);
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        var potential = keep(squaredNorms, 0, first[0]);
        for (var j = 1; j < clusters; j++) {
            for (var t = 0; t < trials; t++) {
                candidates[t] = draw(draws.numbers()[(j - 1) * trials + t] * potential);
            }
            x.gather(candidates, rows);
            x.times(rows, trials, planes);
            var best = 0;
            var least = Double.POSITIVE_INFINITY;
            for (var t = 0; t < trials; t++) {
                var remaining = potential(squaredNorms, t, candidates[t]);
                if (remaining < least) {
                    least = remaining;
                    best = t;
                }
            }
            potential = keep(squaredNorms, best, candidates[best]);
            System.arraycopy(rows, best * features, start, j * features, features);
        }
    }

    /**
     * Starts cluster j at the hypercolumn of the j-th pixel.
     *
     * @param x the frame's hypercolumns
     * @param chosen k pixel numbers
     * @param start receives k centroids, one after another
     * @throws IllegalArgumentException if there are not k pixels or the array is too short
     * @throws IndexOutOfBoundsException if a pixel lies outside the grid
     */
    public void pixels(HypercolumnMatrix x, int[] chosen, float[] start) {
        if (chosen.length != clusters) {
            throw new IllegalArgumentException(
                    clusters + " clusters need as many seed pixels, not " + chosen.length + ".");
        }
        x.gather(chosen, start);
    }

    private int draw(double target) {
        var sum = 0.0;
        for (var i = 0; i < pixels; i++) {
            sum += nearest[i];
            if (sum > target) {
                return i;
            }
        }
        return pixels - 1;
    }

    private double potential(double[] norms, int trial, int candidate) {
        var sum = 0.0;
        for (var i = 0; i < pixels; i++) {
            sum += Math.min(nearest[i], distance(norms, trial, candidate, i));
        }
        return sum;
    }

    private double keep(double[] norms, int trial, int candidate) {
        var sum = 0.0;
        for (var i = 0; i < pixels; i++) {
            nearest[i] = Math.min(nearest[i], distance(norms, trial, candidate, i));
            sum += nearest[i];
        }
        return sum;
    }

    private double distance(double[] norms, int trial, int candidate, int pixel) {
        // The difference of rounded numbers would leave a pixel a chance to be drawn twice.
        return pixel == candidate
                ? 0
                : Math.max(0, norms[pixel] + norms[candidate] - 2.0 * planes[trial * pixels + pixel]);
    }
}

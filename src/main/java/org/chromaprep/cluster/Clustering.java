package org.chromaprep.cluster;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The clusters of one frame: memory that a ring slot owns and every frame in that slot reuses.
 *
 * <p>The arrays are handed out as they are, without copying; they hold one frame's result from the end of a {@link
 * KMeans#cluster} or {@link FrameClusterer#cluster} until the next one writes here. Written by one thread and read by
 * others only after a hand-over.
 */
public final class Clustering {
    /** The label of a pixel that belongs to no cluster: 255, which no cluster has. */
    public static final byte NONE = (byte) 255;

    private final int clusters;
    private final int features;
    private final byte[] labels;
    private final float[] centroids;
    private final int[] sizes;
    private double inertia;
    private int iterations;
    private boolean converged;

    /**
     * @param clusters k, 1 to {@link KMeansSettings#MAX_CLUSTERS}
     * @param features numbers of a hypercolumn, at least 1
     * @param pixels of the grid, at least 1
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Clustering(int clusters, int features, int pixels) {
        if (clusters < 1 || clusters > KMeansSettings.MAX_CLUSTERS || features < 1 || pixels < 1) {
            throw new IllegalArgumentException("A clustering needs 1 to " + KMeansSettings.MAX_CLUSTERS
                    + " clusters and at least one feature and pixel, not " + clusters + ", " + features + " and "
                    + pixels + ".");
        }
        this.clusters = clusters;
        this.features = features;
        this.labels = new byte[pixels];
        this.centroids = new float[clusters * features];
        this.sizes = new int[clusters];
    }

    /** k. */
    public int clusters() {
        return clusters;
    }

    /** Numbers of a centroid. */
    public int features() {
        return features;
    }

    /** Each pixel's cluster, 0 to k - 1 (unsigned), or {@link #NONE}, row by row of the grid. */
    public byte[] labels() {
        return labels;
    }

    /** The centroids one after another: feature {@code f} of cluster {@code j} lies at {@code j * features + f}. */
    public float[] centroids() {
        return centroids;
    }

    /** Pixels of each cluster. */
    public int[] sizes() {
        return sizes;
    }

    /** Sum over all pixels of the squared Euclidean distance to their cluster's centroid, at least 0. */
    public double inertia() {
        return inertia;
    }

    /** Lloyd iterations, counted as scikit-learn counts {@code n_iter_}. */
    public int iterations() {
        return iterations;
    }

    /**
     * Whether the labels came to rest or the centroids moved no more than the tolerance before the iterations ran out.
     */
    public boolean converged() {
        return converged;
    }

    /**
     * Takes over the clusters of some of these pixels; the others get {@link #NONE}.
     *
     * @param part of as many clusters and features
     * @param pixelOf the pixel here that a pixel of the part is
     */
    public void take(Clustering part, IntUnaryOperator pixelOf) {
        Arrays.fill(labels, NONE);
        for (var pixel = 0; pixel < part.labels.length; pixel++) {
            labels[pixelOf.applyAsInt(pixel)] = part.labels[pixel];
        }
        System.arraycopy(part.centroids, 0, centroids, 0, centroids.length);
        System.arraycopy(part.sizes, 0, sizes, 0, sizes.length);
        finished(part.inertia, part.iterations, part.converged);
    }

    void finished(double inertia, int iterations, boolean converged) {
        this.inertia = inertia;
        this.iterations = iterations;
        this.converged = converged;
    }
}

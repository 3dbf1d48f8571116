package org.chromaprep.cluster;

/**
 * What k-means is asked to do; the names and meanings are those of scikit-learn's {@code KMeans}.
 *
 * @param clusters k, 1 to {@value #MAX_CLUSTERS}
 * @param maxIterations Lloyd iterations at most, at least 1
 * @param tolerance stop when the centroids' squared shift is at most this times the features' mean variance; finite, at
 *     least 0
 * @param seed of every random choice
 */
public record KMeansSettings(int clusters, int maxIterations, double tolerance, long seed) {
    /** Cluster ids are kept in bytes. */
    public static final int MAX_CLUSTERS = 256;

    /** @throws IllegalArgumentException if a value is out of its range */
    public KMeansSettings {
        if (clusters < 1 || clusters > MAX_CLUSTERS) {
            throw new IllegalArgumentException(
                    "The number of clusters must be 1 to " + MAX_CLUSTERS + ", not " + clusters + ".");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("k-means needs at least 1 iteration, not " + maxIterations + ".");
        }
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The tolerance must be a finite number of at least 0, not " + tolerance + ".");
        }
    }
}

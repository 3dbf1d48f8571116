package org.chromaprep.hypercolumn;

/**
 * What Lloyd's iterations of k-means are asked to do.
 *
 * @param clusters k, at least 1
 * @param maxIterations iterations at most, at least 1
 * @param tolerance they end when the centroids' squared shift is at most this times the features' mean variance
 */
public record LloydSettings(int clusters, int maxIterations, double tolerance) {}

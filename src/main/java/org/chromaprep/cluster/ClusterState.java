package org.chromaprep.cluster;

/**
 * What the temporal mode remembers from one frame to the next; enough to continue in another process as if nothing had
 * happened.
 *
 * @param frame the number of the last clustered frame
 * @param centroids that frame's centroids, k after another; copied by nobody, so not to be changed
 */
public record ClusterState(long frame, float[] centroids) {}

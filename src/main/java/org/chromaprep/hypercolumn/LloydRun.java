package org.chromaprep.hypercolumn;

import java.util.Optional;

/**
 * Lloyd's iterations of k-means on one frame, under way where the frame's maps lie. Whoever began them awaits them or closes
 * them; one thread.
 */
public interface LloydRun extends AutoCloseable {
    /**
     * How the iterations ended.
     *
     * @param squares the sum of the squares of all the matrix's numbers; not finite if one of them is not
     * @param inertia the sum over all pixels of the squared distance to their centroid
     * @param iterations as scikit-learn counts them
     * @param converged whether the centroids came to rest before the iterations ran out
     */
    record Outcome(double squares, double inertia, int iterations, boolean converged) {}

    /**
     * Waits for the iterations to end.
     *
     * @param labels receives each pixel's cluster
     * @param centroids receives k centroids, one after another
     * @param sizes receives each cluster's pixels
     * @param average receives each pixel's average over its features
     * @return empty, with nothing written, if a cluster lost all its pixels on the way: such a frame must be clustered by the
     *     matrix's products from its start
     */
    Optional<Outcome> await(byte[] labels, float[] centroids, int[] sizes, float[] average);

    /** Gives the iterations up, unless they have been awaited. */
    @Override
    void close();
}

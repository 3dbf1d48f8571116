package org.chromaprep.hypercolumn;

/** What Lloyd's iterations of k-means start from. */
public sealed interface LloydStart {
    /**
     * Centroids.
     *
     * @param centroids k after another; only read, and only before the run is begun
     */
    record Given(float[] centroids) implements LloydStart {}

    /**
     * Hypercolumns that greedy k-means++ draws: the first is that of a given pixel; for each further one, candidates are drawn
     * with a probability proportional to the squared distance from the nearest centroid so far, and the one that leaves the
     * least sum of squared distances is kept.
     *
     * @param firstPixel of the grid
     * @param trials candidates for each further centroid, at least 1
     * @param numbers {@code trials} for each of the {@code k - 1} further centroids, uniform in [0, 1): a candidate is the first
     *     pixel up to which the squared distances add up to more than this share of their sum
     */
    record PlusPlus(int firstPixel, int trials, double[] numbers) implements LloydStart {}
}

package org.chromaprep.cluster;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Numbers a scene's clusters by nothing but the clusters themselves: the smaller the average of a centroid's features, the
 * smaller its id. After ReLU this average is how strongly the network answers to a cluster's pixels, which is the direction
 * in which they differ most, so that flat areas have small ids and detailed ones large ids, whatever scene came before.
 */
final class CentroidOrder {
    private CentroidOrder() {}

    /**
     * @param centroids k centroids one after another
     * @param clusters k
     * @return for each centroid its id, 0 to k - 1; of equal averages the centroid that comes first has the smaller id
     */
    static int[] ids(float[] centroids, int clusters) {
        var features = centroids.length / clusters;
        var sums = new double[clusters];
        for (var j = 0; j < clusters; j++) {
            for (var f = 0; f < features; f++) {
                sums[j] += centroids[j * features + f];
            }
        }
        var order = IntStream.range(0, clusters)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> sums[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        var ids = new int[clusters];
        for (var id = 0; id < clusters; id++) {
            ids[order[id]] = id;
        }
        return ids;
    }
}

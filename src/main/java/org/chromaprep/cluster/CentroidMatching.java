package org.chromaprep.cluster;

import java.util.Arrays;

/**
 * The pairing of two sets of centroids with the least sum of Euclidean distances.
 *
 * <p>Solved exactly by shortest augmenting paths in O(k^3): R. Jonker and A. Volgenant, "A shortest augmenting path
 * algorithm for dense and sparse linear assignment problems", Computing 38, 1987, without its initialisation.
 */
final class CentroidMatching {
    private CentroidMatching() {}

    /**
     * @param before k centroids
     * @param now k centroids
     * @param clusters k
     * @return for each centroid of {@code now} its partner's number in {@code before}
     */
    static int[] match(float[] before, float[] now, int clusters) {
        var costs = new double[clusters][clusters];
        var features = now.length / clusters;
        for (var i = 0; i < clusters; i++) {
            for (var j = 0; j < clusters; j++) {
                var sum = 0.0;
                for (var f = 0; f < features; f++) {
                    var difference = (double) now[i * features + f] - before[j * features + f];
                    sum += difference * difference;
                }
                costs[i][j] = Math.sqrt(sum);
            }
        }
        return assign(costs);
    }

    /** For each row the column of a minimum-cost perfect matching. */
    static int[] assign(double[][] costs) {
        var n = costs.length;
        var rowPrice = new double[n];
        var columnPrice = new double[n];
        var rowOf = new int[n];
        Arrays.fill(rowOf, -1);
        for (var start = 0; start < n; start++) {
            augment(costs, start, rowPrice, columnPrice, rowOf);
        }
        var columns = new int[n];
        for (var column = 0; column < n; column++) {
            columns[rowOf[column]] = column;
        }
        return columns;
    }

    private static void augment(double[][] costs, int start, double[] rowPrice, double[] columnPrice, int[] rowOf) {
        var n = costs.length;
        var length = new double[n];
        var cameFrom = new int[n];
        var scanned = new boolean[n];
        Arrays.fill(length, Double.POSITIVE_INFINITY);
        var row = start;
        var reached = -1;
        var distance = 0.0;
        do {
            var from = reached;
            var next = -1;
            for (var column = 0; column < n; column++) {
                if (!scanned[column]) {
                    var through = distance + costs[row][column] - rowPrice[row] - columnPrice[column];
                    if (through < length[column]) {
                        length[column] = through;
                        cameFrom[column] = from;
                    }
                    next = next < 0 || length[column] < length[next] ? column : next;
                }
            }
            reached = next;
            scanned[reached] = true;
            distance = length[reached];
            row = rowOf[reached];
        } while (row >= 0);
        rowPrice[start] += distance;
        for (var column = 0; column < n; column++) {
            if (scanned[column] && column != reached) {
                rowPrice[rowOf[column]] += distance - length[column];
                columnPrice[column] -= distance - length[column];
            }
        }
        while (cameFrom[reached] >= 0) {
            rowOf[reached] = rowOf[cameFrom[reached]];
            reached = cameFrom[reached];
        }
        rowOf[reached] = start;
    }
}

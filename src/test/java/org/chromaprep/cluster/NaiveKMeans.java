package org.chromaprep.cluster;

import java.util.Arrays;
import org.chromaprep.hypercolumn.StoredMatrix;

/** Lloyd's algorithm as the textbook has it, in double precision on a stored matrix; runs until no label changes. */
final class NaiveKMeans {
    final int[] labels;
    final double[][] centroids;
    int iterations;
    double inertia;

    NaiveKMeans(StoredMatrix x, float[] start) {
        var features = x.features();
        labels = new int[x.grid().pixels()];
        Arrays.fill(labels, -1);
        centroids = new double[start.length / features][features];
        for (var i = 0; i < start.length; i++) {
            centroids[i / features][i % features] = start[i];
        }
        var changed = true;
        while (changed) {
            iterations++;
            changed = assign(x);
            if (changed) {
                average(x);
            }
        }
    }

    private boolean assign(StoredMatrix x) {
        var changed = false;
        inertia = 0;
        for (var i = 0; i < labels.length; i++) {
            var nearest = 0;
            var least = Double.POSITIVE_INFINITY;
            for (var j = 0; j < centroids.length; j++) {
                var distance = squaredDistance(x, i, centroids[j]);
                if (distance < least) {
                    least = distance;
                    nearest = j;
                }
            }
            inertia += least;
            changed |= labels[i] != nearest;
            labels[i] = nearest;
        }
        return changed;
    }

    static double squaredDistance(StoredMatrix x, int pixel, double[] centroid) {
        var sum = 0.0;
        for (var f = 0; f < centroid.length; f++) {
            sum += (x.at(pixel, f) - centroid[f]) * (x.at(pixel, f) - centroid[f]);
        }
        return sum;
    }

    private void average(StoredMatrix x) {
        for (var j = 0; j < centroids.length; j++) {
            Arrays.fill(centroids[j], 0);
            var size = 0;
            for (var i = 0; i < labels.length; i++) {
                if (labels[i] == j) {
                    size++;
                    for (var f = 0; f < x.features(); f++) {
                        centroids[j][f] += x.at(i, f);
                    }
                }
            }
            for (var f = 0; f < x.features(); f++) {
                centroids[j][f] /= size;
            }
        }
    }
}

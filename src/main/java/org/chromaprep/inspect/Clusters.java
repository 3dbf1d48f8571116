package org.chromaprep.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;

/**
 * k-means on the hypercolumns for several k.
 *
 * @param features of a hypercolumn
 * @param asked the clusterings that were asked for
 * @param elbow what every k leaves over, k ascending: those asked for and all from 1 to {@value #ELBOW}
 */
public record Clusters(int features, List<Partition> asked, List<Inertia> elbow) {
    /** The elbow plot goes at least so far. */
    public static final int ELBOW = 8;

    /**
     * One clustering.
     *
     * @param k how many clusters
     * @param seeded whether it started from given pixels rather than by k-means++
     * @param sizes pixels of each cluster
     * @param inertia sum of squared distances to the nearest centroid, in units of the features squared
     * @param iterations as scikit-learn counts them
     * @param converged whether it came to rest before the iterations ran out
     * @param grid rows and columns of the labels
     * @param labels each pixel's cluster
     * @param centroids k hypercolumns, one after another
     */
    public record Partition(
            int k,
            boolean seeded,
            int[] sizes,
            double inertia,
            int iterations,
            boolean converged,
            Grid grid,
            byte[] labels,
            float[] centroids) {}

    /**
     * What k clusters leave over.
     *
     * @param k how many
     * @param inertia sum of squared distances to the nearest centroid
     * @param iterations it took
     */
    public record Inertia(int k, double inertia, int iterations) {}

    static Clusters of(HypercolumnMatrix x, InspectSettings settings, long frame) {
        var asked = new ArrayList<Partition>();
        var elbow = new ArrayList<Inertia>();
        var all = new TreeSet<>(settings.clusters());
        for (var k = 1; k <= ELBOW; k++) {
            all.add(k);
        }
        for (var k : all) {
            var partition = partition(x, k, settings, frame);
            elbow.add(new Inertia(k, partition.inertia(), partition.iterations()));
            if (settings.clusters().contains(k)) {
                asked.add(partition);
            }
        }
        return new Clusters(x.features(), asked, elbow);
    }

    private static Partition partition(HypercolumnMatrix x, int k, InspectSettings settings, long frame) {
        var shared = settings.kMeans();
        var own = new KMeansSettings(k, shared.maxIterations(), shared.tolerance(), shared.seed());
        var seeds = settings.seedPixels().filter(pixels -> pixels.length == k);
        var out = new Clustering(k, x.features(), x.grid().pixels());
        new FrameClusterer(own, FrameClusterer.Mode.INDEPENDENT, seeds, x.grid(), x.features())
                .cluster(x, frame, true, out);
        return new Partition(
                k,
                seeds.isPresent(),
                out.sizes(),
                out.inertia(),
                out.iterations(),
                out.converged(),
                x.grid(),
                out.labels(),
                out.centroids());
    }
}

package org.chromaprep.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.KMeans;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.HypercolumnTotals;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;

/** k-means on the maps, iteration by iteration, and the products that it is made of, on one thread. */
final class ClusterSection implements Section {
    private static final int ITERATIONS = 10;
    private static final int RUNS = 9;

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public List<Figure> measure() {
        var figures = new ArrayList<Figure>();
        var grid = new Grid(Workload.SIZE, Workload.SIZE);
        var maps = Workload.maps(Workload.LAYERS, Workload.SIZE, Workload.SIZE);
        var matrix = new MapHypercolumnMatrix(grid, maps, true);
        var gigabytes = Workload.bytes(maps) / 1e9;
        var seconds = iteration(matrix, 2);
        figures.add(new Figure(name(), "k-means, k = 2", 1e3 * seconds, "ms/iteration"));
        var v = new float[matrix.features()];
        var planes = new float[grid.pixels()];
        var times = Stopwatch.median(RUNS, () -> matrix.times(v, 1, planes));
        figures.add(new Figure(name(), "X V, one column", 1e3 * times, "ms"));
        figures.add(new Figure(name(), "X V, one column", gigabytes / times, "GB/s"));
        var sums = new double[matrix.features()];
        Arrays.fill(planes, 1);
        var transposed = Stopwatch.median(RUNS, () -> matrix.transposeTimes(planes, 1, sums));
        figures.add(new Figure(name(), "X'W, one column", 1e3 * transposed, "ms"));
        figures.add(new Figure(name(), "X'W, one column", gigabytes / transposed, "GB/s"));
        var norms = new double[grid.pixels()];
        figures.add(new Figure(
                name(), "squared norms", 1e3 * Stopwatch.median(RUNS, () -> matrix.squaredNorms(norms)), "ms/frame"));
        var totals = new HypercolumnTotals();
        figures.add(new Figure(
                name(),
                "sums over all pixels, of their squared norms and over each layer",
                1e3 * Stopwatch.median(RUNS, () -> matrix.totals(totals, v, 0, planes)),
                "ms/frame"));
        figures.add(new Figure(
                name(),
                "... and X V, one column, beside them",
                1e3 * Stopwatch.median(RUNS, () -> matrix.totals(totals, v, 1, planes)),
                "ms/frame"));
        figures.add(new Figure(name(), "enlarging one plane from 112x112", 1e3 * enlarging(grid), "ms"));
        return figures;
    }

    /** The time of an iteration of Lloyd's algorithm, in seconds; some iterations from a fresh start are averaged. */
    static double iteration(HypercolumnMatrix matrix, int clusters) {
        var run = run(matrix, clusters, ITERATIONS);
        return run.seconds() / run.iterations();
    }

    /** What k-means took, as a median of some runs. */
    record Run(double seconds, int iterations) {}

    /** Clusters some times, from the same start. */
    static Run run(HypercolumnMatrix matrix, int clusters, int most) {
        var pixels = matrix.grid().pixels();
        var kMeans = new KMeans(new KMeansSettings(clusters, most, 0, 0), matrix.features(), pixels);
        var clustering = new Clustering(clusters, matrix.features(), pixels);
        var start = new float[clusters * matrix.features()];
        var seeds = new int[clusters];
        for (var j = 0; j < clusters; j++) {
            seeds[j] = (int) ((j + 0.5) * pixels / clusters);
        }
        matrix.gather(seeds, start);
        var seconds = Stopwatch.median(RUNS, () -> kMeans.cluster(matrix, start, clustering));
        return new Run(seconds, clustering.iterations());
    }

    private static double enlarging(Grid grid) {
        var plane = new MapHypercolumnMatrix(grid, List.of(FeatureMap.allocate("plane", 112, 112, 1)));
        var planes = new float[grid.pixels()];
        return Stopwatch.median(RUNS, () -> plane.times(new float[] {1}, 1, planes));
    }
}

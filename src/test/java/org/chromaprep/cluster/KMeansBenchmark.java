package org.chromaprep.cluster;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lloyd's k-means on the default layers of a 224x224 frame, a time for each of {@value #ITERATIONS} iterations: from the
 * maps, from the matrix stored once, and from the matrix enlarged and stored anew for the frame, which is what is usually
 * done. The stored matrix goes through the same code and the same OpenBLAS, as one map of the grid's size.
 *
 * <p>Run with {@code -prof gc} for the bytes allocated on the heap. Outside it, the maps have 24.5 MB and the stored
 * matrix 295 MB, which {@link #fromAMatrixStoredForTheFrame} allocates for every frame.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class KMeansBenchmark {
    static final int ITERATIONS = 10;
    static final Grid GRID = new Grid(224, 224);
    static final int FEATURES = 1472;

    /** Smooth maps, as those of pictures are, with some noise. */
    static FeatureMap map(String layer, int size, int channels, SplittableRandom random) {
        var map = FeatureMap.allocate(layer, size, size, channels);
        var waves = random.doubles(3L * channels, 0, 6).toArray();
        for (var p = 0; p < size * size; p++) {
            var x = (double) (p % size) / size;
            var y = (double) (p / size) / size;
            for (var c = 0; c < channels; c++) {
                var value =
                        Math.sin(waves[3 * c] * x + waves[3 * c + 1] * y + waves[3 * c + 2]) + random.nextDouble(0.5);
                map.values().put(p * channels + c, (float) Math.max(0, value));
            }
        }
        return map;
    }

    @State(Scope.Thread)
    public static class Frame {
        @Param({"2", "4", "8"})
        int clusters;

        List<FeatureMap> maps;
        MapHypercolumnMatrix matrix;
        MapHypercolumnMatrix withoutBounds;
        KMeans kMeans;
        Clustering clustering;
        float[] start;

        @Setup
        public void build() {
            var random = new SplittableRandom(1);
            maps = List.of(
                    map("conv1_2", 224, 64, random),
                    map("conv2_2", 112, 128, random),
                    map("conv3_3", 56, 256, random),
                    map("conv4_3", 28, 512, random),
                    map("conv5_3", 14, 512, random));
            matrix = new MapHypercolumnMatrix(GRID, maps, true);
            withoutBounds = new MapHypercolumnMatrix(GRID, maps);
            kMeans = new KMeans(new KMeansSettings(clusters, ITERATIONS, 0, 0), FEATURES, GRID.pixels());
            clustering = new Clustering(clusters, FEATURES, GRID.pixels());
            start = new float[clusters * FEATURES];
            matrix.gather(random.ints(clusters, 0, GRID.pixels()).toArray(), start);
        }

        MapHypercolumnMatrix stored() {
            var all = FeatureMap.allocate("all", GRID.height(), GRID.width(), FEATURES);
            var row = new float[GRID.width() * FEATURES];
            var pixels = new int[GRID.width()];
            for (var y = 0; y < GRID.height(); y++) {
                for (var x = 0; x < pixels.length; x++) {
                    pixels[x] = y * GRID.width() + x;
                }
                matrix.gather(pixels, row);
                all.values().put(y * row.length, row);
            }
            return new MapHypercolumnMatrix(GRID, List.of(all));
        }
    }

    @State(Scope.Thread)
    public static class Stored {
        MapHypercolumnMatrix matrix;

        @Setup
        public void build(Frame frame) {
            matrix = frame.stored();
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public void fromMaps(Frame frame) {
        frame.kMeans.cluster(frame.matrix, frame.start, frame.clustering);
    }

    /** As where a map may hold negative numbers: every iteration looks at every pixel. */
    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public void fromMapsWithoutBounds(Frame frame) {
        frame.kMeans.cluster(frame.withoutBounds, frame.start, frame.clustering);
    }

    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public void fromTheStoredMatrix(Frame frame, Stored stored) {
        frame.kMeans.cluster(stored.matrix, frame.start, frame.clustering);
    }

    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public void fromAMatrixStoredForTheFrame(Frame frame) {
        frame.kMeans.cluster(frame.stored(), frame.start, frame.clustering);
    }
}

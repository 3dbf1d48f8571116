package org.chromaprep.hypercolumn;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Both products of the default layers' hypercolumns from the maps, and from the matrix stored in full. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 1)
public class HypercolumnProductsBenchmark {
    static final Grid GRID = new Grid(224, 224);
    private static final float[] NO_VECTOR = {};

    static List<FeatureMap> maps() {
        var random = new SplittableRandom(1);
        return List.of(
                RandomMaps.of("conv1_2", 224, 224, 64, random),
                RandomMaps.of("conv2_2", 112, 112, 128, random),
                RandomMaps.of("conv3_3", 56, 56, 256, random),
                RandomMaps.of("conv4_3", 28, 28, 512, random),
                RandomMaps.of("conv5_3", 14, 14, 512, random));
    }

    private static float[] floats(int count, long seed) {
        var random = new SplittableRandom(seed);
        var numbers = new float[count];
        for (var i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @State(Scope.Thread)
    public static class Vectors {
        @Param({"1", "2", "8", "64"})
        int columns;

        float[] v;
        float[] planes;
        float[] w;
        double[] sums;

        @Setup
        public void fill() {
            v = floats(columns * 1472, 2);
            w = floats(columns * GRID.pixels(), 3);
            planes = new float[w.length];
            sums = new double[v.length];
        }
    }

    @State(Scope.Thread)
    public static class FromMaps {
        MapHypercolumnMatrix matrix;
        final double[] norms = new double[GRID.pixels()];
        final HypercolumnTotals totals = new HypercolumnTotals();
        final int[] pixels = new StratifiedSampling(GRID, 1024, 1).pixels(0);
        final float[] rows = new float[1024 * 1472];

        @Setup
        public void build() {
            matrix = new MapHypercolumnMatrix(GRID, maps());
        }
    }

    @State(Scope.Thread)
    public static class Stored {
        MapHypercolumnMatrix matrix;

        @Setup
        public void build() {
            var all = FeatureMap.allocate("all", 224, 224, 1472);
            var part = new MapHypercolumnMatrix(GRID, maps());
            var row = new float[1472];
            for (var p = 0; p < GRID.pixels(); p++) {
                part.gather(new int[] {p}, row);
                all.values().put(p * 1472, row);
            }
            matrix = new MapHypercolumnMatrix(GRID, List.of(all));
        }
    }

    @Benchmark
    public void timesFromMaps(FromMaps x, Vectors vectors) {
        x.matrix.times(vectors.v, vectors.columns, vectors.planes);
    }

    @Benchmark
    public void transposeTimesFromMaps(FromMaps x, Vectors vectors) {
        x.matrix.transposeTimes(vectors.w, vectors.columns, vectors.sums);
    }

    @Benchmark
    public void timesStored(Stored x, Vectors vectors) {
        x.matrix.times(vectors.v, vectors.columns, vectors.planes);
    }

    @Benchmark
    public void transposeTimesStored(Stored x, Vectors vectors) {
        x.matrix.transposeTimes(vectors.w, vectors.columns, vectors.sums);
    }

    @Benchmark
    public void squaredNorms(FromMaps x) {
        x.matrix.squaredNorms(x.norms);
    }

    @Benchmark
    public void totals(FromMaps x) {
        x.matrix.totals(x.totals, NO_VECTOR, 0, NO_VECTOR);
    }

    @Benchmark
    public void totalsAndTimes(FromMaps x, Vectors vectors) {
        x.matrix.totals(x.totals, vectors.v, vectors.columns, vectors.planes);
    }

    @Benchmark
    public void gather(FromMaps x) {
        x.matrix.gather(x.pixels, x.rows);
    }
}

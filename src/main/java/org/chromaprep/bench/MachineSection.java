package org.chromaprep.bench;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_sasum;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Precision;
import org.chromaprep.engine.pytorch.SquareProduct;

/** What one thread of this machine can do at best: matrix products, and reading memory. */
final class MachineSection implements Section {
    private static final int SIDE = 1536;
    private static final int RUNS = 9;
    private static final int STREAM = 64 << 20;

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public List<Figure> measure() {
        var figures = new ArrayList<Figure>();
        blas_set_num_threads(1);
        figures.add(new Figure(name(), "fp32 products by OpenBLAS, 1 thread", product(), "GFLOP/s"));
        for (var precision : List.of(Precision.FP32, Precision.BF16)) {
            try (var peak = new SquareProduct(precision, SIDE)) {
                var seconds = Stopwatch.median(RUNS, peak::multiply);
                figures.add(new Figure(
                        name(),
                        precision.optionName() + " products by PyTorch, 1 thread",
                        flop() / seconds / 1e9,
                        "GFLOP/s"));
            } catch (EngineException e) {
                // Not every machine has PyTorch's natives; the other figures stand without.
            }
        }
        figures.add(new Figure(name(), "reading 256 MB, 1 thread", read(), "GB/s"));
        return figures;
    }

    private static double flop() {
        return 2.0 * SIDE * SIDE * SIDE;
    }

    private static double product() {
        var numbers = (long) SIDE * SIDE;
        try (var a = new FloatPointer(numbers);
                var b = new FloatPointer(numbers);
                var c = new FloatPointer(numbers)) {
            for (long i = 0; i < numbers; i++) {
                a.put(i, i % 7);
                b.put(i, i % 5);
            }
            return flop()
                    / 1e9
                    / Stopwatch.median(
                            RUNS,
                            () -> cblas_sgemm(
                                    CblasRowMajor,
                                    CblasNoTrans,
                                    CblasNoTrans,
                                    SIDE,
                                    SIDE,
                                    SIDE,
                                    1,
                                    a,
                                    SIDE,
                                    b,
                                    SIDE,
                                    0,
                                    c,
                                    SIDE));
        }
    }

    private static double read() {
        try (var stream = new FloatPointer(STREAM)) {
            for (long i = 0; i < STREAM; i += 1024) {
                stream.position(i).put(1);
            }
            stream.position(0);
            return STREAM * 4.0 / 1e9 / Stopwatch.median(RUNS, () -> cblas_sasum(STREAM, stream, 1));
        }
    }
}

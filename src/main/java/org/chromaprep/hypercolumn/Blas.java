package org.chromaprep.hypercolumn;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sdot;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * OpenBLAS on direct memory, row-major, without allocation. Pointers are moved before each call, so a pointer belongs to
 * one thread.
 */
final class Blas {
    private Blas() {}

    /**
     * Confines OpenBLAS to the calling thread. Frames are computed side by side, one thread each, so more threads a
     * product would only wait for one another. The setting is the process's, and other libraries on the same OpenBLAS
     * may have set it. It looks symbols up in all loaded libraries and allocates, so it is called when a matrix is made,
     * not in each product.
     */
    static void useOneThread() {
        blas_set_num_threads(1);
    }

    /** Zeros outside the heap, freed by the garbage collector with the buffer. */
    static FloatBuffer allocate(long numbers) {
        return ByteBuffer.allocateDirect(Math.toIntExact(numbers * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** A pointer to number 0 of a direct buffer; whoever uses it keeps the buffer alive. */
    static FloatPointer pointer(FloatBuffer direct) {
        return new FloatPointer(direct.duplicate().clear());
    }

    /** So many ones outside the heap, freed by the garbage collector with the buffer. */
    static FloatBuffer ones(int count) {
        var ones = allocate(count);
        for (var i = 0; i < count; i++) {
            ones.put(i, 1);
        }
        return ones;
    }

    /**
     * {@code y = A' x} or {@code A x} plus {@code beta y}: {@code a} has {@code rows} rows of {@code columns} numbers.
     */
    static void multiply(
            boolean transposed, int rows, int columns, FloatPointer a, FloatPointer x, float beta, FloatPointer y) {
        cblas_sgemv(
                CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, rows, columns, 1, a, columns, x, 1, beta, y, 1);
    }

    /** The inner product of two vectors. */
    static float dot(int count, FloatPointer x, FloatPointer y) {
        return cblas_sdot(count, x, 1, y, 1);
    }

    /** {@code C = A B' + beta C} (or {@code A B}): A is m x k, C is m x n, with the given row lengths in memory. */
    static void multiply(
            boolean transposedB,
            int m,
            int n,
            int k,
            FloatPointer a,
            int rowA,
            FloatPointer b,
            int rowB,
            float beta,
            FloatPointer c,
            int rowC) {
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                transposedB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                1,
                a,
                rowA,
                b,
                rowB,
                beta,
                c,
                rowC);
    }
}

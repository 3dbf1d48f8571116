package org.chromaprep.engine;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.npy.Float16;

/** Hypercolumns in half precision, by a matrix that gives them in single precision. */
final class HostHalves {
    /** Hypercolumns that are gathered and rounded together: they stay in the second-level cache. */
    private static final int BLOCK_PIXELS = 16;

    private HostHalves() {}

    static long gather(HypercolumnMatrix matrix, int[] pixels, ByteBuffer into) {
        var rows = new float[Math.min(BLOCK_PIXELS, pixels.length) * matrix.features()];
        var wrapped = FloatBuffer.wrap(rows);
        var saturated = 0L;
        for (var from = 0; from < pixels.length; from += BLOCK_PIXELS) {
            var block = Arrays.copyOfRange(pixels, from, Math.min(from + BLOCK_PIXELS, pixels.length));
            matrix.gather(block, rows);
            saturated += Float16.fromFloats(wrapped, 0, into, block.length * matrix.features());
        }
        return saturated;
    }
}

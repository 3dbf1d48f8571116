package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Squared norms of a layer of the grid's own size, where a pixel is a position: the product of the numbers' squares and a
 * column of ones, in blocks that stay in the second-level cache.
 */
final class OwnSquares implements SquaredNorms {
    private static final int BLOCK = 256;

    private final FeatureMap map;
    private final float[] numbers;
    private final FloatBuffer squares;
    private final FloatPointer squaresPointer;
    private final FloatBuffer ones;
    private final FloatPointer onesPointer;
    private final FloatBuffer sums = Blas.allocate(BLOCK);
    private final FloatPointer sumsPointer = Blas.pointer(sums);

    OwnSquares(FeatureMap map) {
        this.map = map;
        this.numbers = new float[BLOCK * map.channels()];
        this.squares = Blas.allocate(numbers.length);
        this.squaresPointer = Blas.pointer(squares);
        this.ones = Blas.ones(map.channels());
        this.onesPointer = Blas.pointer(ones);
    }

    @Override
    public void addTo(double[] norms) {
        for (var from = 0; from < map.positions(); from += BLOCK) {
            addTo(norms, from, Math.min(BLOCK, map.positions() - from));
        }
    }

    private void addTo(double[] norms, int from, int count) {
        var length = count * map.channels();
        map.values().get(from * map.channels(), numbers, 0, length);
        for (var i = 0; i < length; i++) {
            numbers[i] *= numbers[i];
        }
        squares.put(0, numbers, 0, length);
        Blas.multiply(false, count, map.channels(), squaresPointer, onesPointer, 0, sumsPointer);
        sums.get(0, numbers, 0, count);
        for (var i = 0; i < count; i++) {
            norms[from + i] += numbers[i];
        }
    }
}

package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Totals of a layer of the grid's own size, where a pixel is a position, in blocks that stay in the second-level cache
 * between their sums and their squares. A block's sums are float, sums of blocks double.
 */
final class OwnTotals implements LayerTotals {
    private static final int BLOCK = 256;

    private final FeatureMap map;
    private final int first;
    private final int end;
    private final FloatPointer pointer;
    private final FloatBuffer ones;
    private final FloatPointer onesPointer;
    private final FloatBuffer positionSums = Blas.allocate(BLOCK);
    private final FloatPointer positionSumsPointer = Blas.pointer(positionSums);
    private final FloatBuffer blockSums;
    private final FloatPointer blockSumsPointer;
    private final float[] numbers;

    /**
     * @param fromRow of the map
     * @param untilRow the row behind the last
     */
    OwnTotals(FeatureMap map, int fromRow, int untilRow) {
        this.map = map;
        this.first = fromRow * map.width();
        this.end = untilRow * map.width();
        this.pointer = Blas.pointer(map.values());
        this.ones = Blas.ones(Math.max(BLOCK, map.channels()));
        this.onesPointer = Blas.pointer(ones);
        this.blockSums = Blas.allocate(map.channels());
        this.blockSumsPointer = Blas.pointer(blockSums);
        this.numbers = new float[map.channels()];
    }

    @Override
    public double write(double[] sums, float[] plane, Also also) {
        var channels = map.channels();
        Arrays.fill(sums, 0);
        var squares = 0.0;
        for (var from = first; from < end; from += BLOCK) {
            var count = Math.min(BLOCK, end - from);
            pointer.position((long) from * channels);
            Blas.multiply(true, count, channels, pointer, onesPointer, 0, blockSumsPointer);
            Blas.multiply(false, count, channels, pointer, onesPointer, 0, positionSumsPointer);
            positionSums.get(0, plane, from, count);
            squares += Blas.dot(count * channels, pointer, pointer);
            also.read(from, count);
            blockSums.get(0, numbers);
            for (var c = 0; c < channels; c++) {
                sums[c] += numbers[c];
            }
        }
        return squares;
    }
}

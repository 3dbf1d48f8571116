package org.chromaprep.engine.pytorch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One axis of the bilinear enlargement as a matrix on the device, enlarged x native, with at most two numbers a row that are
 * not zero. Half-pixel centres and edge clamp, with the weights in single precision: the same numbers as those of {@link
 * org.chromaprep.hypercolumn.MapHypercolumnMatrix}. Whoever made it closes it.
 */
final class DeviceAxis implements AutoCloseable {
    private final int from;
    private final int to;
    private final int[] lower;
    private final float[] upperWeight;
    private final Tensor single;
    private final Tensor exact;

    /** To be made within a {@link org.bytedeco.javacpp.PointerScope}. */
    DeviceAxis(Placement placement, int from, int to) {
        this.from = from;
        this.to = to;
        this.lower = new int[to];
        this.upperWeight = new float[to];
        var weights = new float[Math.multiplyExact(from, to)];
        for (var i = 0; i < to; i++) {
            var centre = Math.min(Math.max((i + 0.5) * from / to - 0.5, 0), from - 1);
            lower[i] = (int) centre;
            upperWeight[i] = (float) (centre - lower[i]);
            weights[i * from + lower[i]] = 1 - upperWeight[i];
            if (upperWeight[i] > 0) {
                weights[i * from + lower[i] + 1] = upperWeight[i];
            }
        }
        var host = torch.from_blob(new FloatPointer(weights), to, from).clone();
        this.single = Placement.kept(host.to(placement.torchDevice(), ScalarType.Float));
        this.exact = Placement.kept(host.to(placement.torchDevice(), ScalarType.Double));
    }

    int from() {
        return from;
    }

    boolean isIdentity() {
        return from == to;
    }

    /** The native position at or before an enlarged one. */
    int lower(int i) {
        return lower[i];
    }

    /** The native position after it; at the end the same. */
    int upper(int i) {
        return Math.min(lower[i] + 1, from - 1);
    }

    float upperWeight(int i) {
        return upperWeight[i];
    }

    /** The matrix in single precision. */
    Tensor single() {
        return single;
    }

    /** The same numbers in double precision. */
    Tensor exact() {
        return exact;
    }

    /** The weights' squares, in double precision. */
    Tensor squares() {
        return exact.mul(exact);
    }

    /** Enlarged x (native - 1): twice the products of a native position's weight and the next one's, in double precision. */
    Tensor doubledProducts() {
        var products = exact.narrow(1, 0, from - 1).mul(exact.narrow(1, 1, from - 1));
        return products.add(products);
    }

    @Override
    public void close() {
        exact.close();
        single.close();
    }
}

package org.chromaprep.engine;

import org.chromaprep.engine.pytorch.SquareProduct;

/**
 * A product of two square matrices of random numbers by PyTorch on one thread: what the processor can do at best in a
 * precision. Whoever made it closes it. Used by one thread.
 */
public final class MatrixPeak implements AutoCloseable {
    private final SquareProduct product;

    /**
     * @param precision of the numbers
     * @param side rows and columns, at least 1
     * @throws EngineException if PyTorch's natives cannot be loaded or do not compute in the precision
     */
    public MatrixPeak(Precision precision, int side) {
        product = new SquareProduct(precision, side);
    }

    /** Multiplies: 2 side^3 floating-point operations. */
    public void multiply() {
        product.multiply();
    }

    @Override
    public void close() {
        product.close();
    }
}

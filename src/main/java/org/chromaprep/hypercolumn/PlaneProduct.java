package org.chromaprep.hypercolumn;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A small matrix times the planes of a stretch of pixels: what a network on hypercolumns does behind its first layer. Keeps
 * memory outside the heap for the stretch, which the garbage collector frees. One thread at a time.
 */
public final class PlaneProduct {
    private final int outputs;
    private final int inputs;
    private final int longest;
    private final FloatBuffer numbers;
    private final FloatBuffer from;
    private final FloatBuffer to;
    private final FloatPointer numbersPointer;
    private final FloatPointer fromPointer;
    private final FloatPointer toPointer;

    /**
     * @param matrix row by row: number {@code o * inputs + i} is what input {@code i} weighs in output {@code o}; copied
     * @param outputs planes that the product gives, at least 1
     * @param inputs planes that it takes, at least 1
     * @param longest pixels of a stretch at most, at least 1
     * @throws IllegalArgumentException if the matrix has another size, or a number is below 1
     */
    public PlaneProduct(float[] matrix, int outputs, int inputs, int longest) {
        if (outputs < 1 || inputs < 1 || longest < 1 || matrix.length != outputs * inputs) {
            throw new IllegalArgumentException("A product of " + inputs + " planes to " + outputs + " on stretches of "
                    + longest + " pixels cannot have a matrix of " + matrix.length + " numbers.");
        }
        Blas.useOneThread();
        this.outputs = outputs;
        this.inputs = inputs;
        this.longest = longest;
        numbers = Blas.allocate(matrix.length);
        numbers.put(0, matrix);
        from = Blas.allocate((long) inputs * longest);
        to = Blas.allocate((long) outputs * longest);
        numbersPointer = Blas.pointer(numbers);
        fromPointer = Blas.pointer(from);
        toPointer = Blas.pointer(to);
    }

    /**
     * Multiplies.
     *
     * @param planes {@code inputs} rows of {@code pixels} numbers, one after another
     * @param pixels of the stretch
     * @param into receives {@code outputs} rows of {@code pixels} numbers
     * @throws IndexOutOfBoundsException if there are more pixels than the longest stretch has, or an array is too short
     */
    public void multiply(float[] planes, int pixels, float[] into) {
        Objects.checkIndex(pixels, longest + 1);
        from.put(0, planes, 0, inputs * pixels);
        Blas.multiply(
                false, outputs, pixels, inputs, numbersPointer, inputs, fromPointer, pixels, 0, toPointer, pixels);
        to.get(0, into, 0, outputs * pixels);
    }
}

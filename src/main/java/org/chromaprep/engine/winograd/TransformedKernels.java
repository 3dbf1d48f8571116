package org.chromaprep.engine.winograd;

import static org.chromaprep.engine.winograd.Transforms.PATCH;
import static org.chromaprep.engine.winograd.Transforms.PLACES;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;

/** A layer's kernels, transformed in double precision and then rounded. */
final class TransformedKernels {
    /** Rows and columns of the kernels that are transformed. */
    static final int SIDE = 3;
    /** Inputs that are transformed together: their numbers for one output are a cache line. */
    private static final int INPUTS = 16;

    private static final int OUTPUTS = 64;

    private TransformedKernels() {}

    /**
     * Transforms kernels, by as many threads as there are cores.
     *
     * @param hwio height x width x input x output
     * @return place x output x input; the caller closes it
     */
    static FloatPointer of(float[] hwio, int inputs, int outputs) {
        var result = new FloatPointer((long) PLACES * inputs * outputs);
        var numbers = result.asBuffer();
        IntStream.range(0, inputs / INPUTS).parallel().forEach(block -> {
            var piece = new float[PLACES][OUTPUTS][INPUTS];
            for (var out = 0; out < outputs; out += OUTPUTS) {
                for (var in = 0; in < INPUTS; in++) {
                    transform(hwio, inputs, outputs, block * INPUTS + in, out, piece, in);
                }
                put(piece, numbers, inputs, outputs, block * INPUTS, out);
            }
        });
        return result;
    }

    private static void transform(
            float[] hwio, int inputs, int outputs, int in, int firstOut, float[][][] piece, int at) {
        var matrix = Transforms.kernelMatrix();
        var half = new double[PATCH][SIDE];
        for (var out = 0; out < OUTPUTS; out++) {
            for (var i = 0; i < PATCH; i++) {
                for (var x = 0; x < SIDE; x++) {
                    var sum = 0.0;
                    for (var y = 0; y < SIDE; y++) {
                        sum += matrix[i][y] * hwio[((y * SIDE + x) * inputs + in) * outputs + firstOut + out];
                    }
                    half[i][x] = sum;
                }
            }
            for (var i = 0; i < PATCH; i++) {
                for (var j = 0; j < PATCH; j++) {
                    var sum = 0.0;
                    for (var x = 0; x < SIDE; x++) {
                        sum += half[i][x] * matrix[j][x];
                    }
                    piece[i * PATCH + j][out][at] = (float) sum;
                }
            }
        }
    }

    private static void put(
            float[][][] piece, FloatBuffer numbers, int inputs, int outputs, int firstIn, int firstOut) {
        for (var place = 0; place < PLACES; place++) {
            for (var out = 0; out < OUTPUTS; out++) {
                numbers.put((place * outputs + firstOut + out) * inputs + firstIn, piece[place][out], 0, INPUTS);
            }
        }
    }
}

package org.chromaprep.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Reads NPY arrays as floats. Stateless; the caller closes the streams. */
public final class NpyReader {
    private static final int BLOCK = 1 << 16;

    /**
     * An array read.
     *
     * @param values in C order (last axis fastest), whatever the file's order was
     * @param shape the length of each axis
     */
    public record FloatArray(float[] values, List<Integer> shape) {}

    private NpyReader() {}

    /**
     * Reads a whole NPY file.
     *
     * @param maxCount the most numbers that may be read; a head that claims more is refused before memory is taken
     * @throws NpyFormatException if this is no NPY file, of an unknown kind, or has more than {@code maxCount} numbers
     * @throws EOFException if the file is cut short
     * @throws IOException if reading fails
     */
    public static FloatArray read(InputStream in, long maxCount) throws IOException {
        var header = NpyHeader.read(in);
        if (header.count() > Math.min(maxCount, Integer.MAX_VALUE - 8)) {
            throw new NpyFormatException(
                    "it claims " + header.count() + " numbers, more than the " + maxCount + " that are expected");
        }
        return new FloatArray(readValues(in, header), header.shape());
    }

    /**
     * Reads the numbers behind a head: float16 and integers are widened, float64, int32 and int64 rounded to nearest.
     *
     * @param header as read from the same stream, which stands behind it; the caller has checked its size
     * @return the numbers in C order
     * @throws EOFException if the file is cut short
     * @throws IOException if reading fails
     * @throws IllegalArgumentException if there are more numbers than a Java array holds
     */
    public static float[] readValues(InputStream in, NpyHeader header) throws IOException {
        if (header.count() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("An array of " + header.count() + " numbers does not fit into memory.");
        }
        var values = new float[(int) header.count()];
        int width = header.type().bytes();
        var block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < values.length; ) {
            int count = Math.min(values.length - done, BLOCK / width);
            if (in.readNBytes(block.array(), 0, count * width) < count * width) {
                throw new EOFException("the file ends before the last of its " + values.length + " numbers");
            }
            decode(block, header.type(), values, done, count);
            done += count;
        }
        return header.fortranOrder() ? toC(values, header.shape()) : values;
    }

    private static void decode(ByteBuffer from, NpyType type, float[] to, int offset, int count) {
        switch (type) {
            case FLOAT32 -> from.asFloatBuffer().get(0, to, offset, count);
            case FLOAT16 -> {
                var halves = from.asShortBuffer();
                for (int i = 0; i < count; i++) {
                    to[offset + i] = Float16.toFloat(halves.get(i));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = number(from, type, i);
                }
            }
        }
    }

    private static float number(ByteBuffer from, NpyType type, int i) {
        return switch (type) {
            case UINT8 -> from.get(i) & 0xff;
            case INT16 -> from.getShort(2 * i);
            case INT32 -> from.getInt(4 * i);
            case INT64 -> from.getLong(8 * i);
            case FLOAT16 -> Float16.toFloat(from.getShort(2 * i));
            case FLOAT32 -> from.getFloat(4 * i);
            case FLOAT64 -> (float) from.getDouble(8 * i);
        };
    }

    private static float[] toC(float[] fortran, List<Integer> shape) {
        var c = new float[fortran.length];
        var index = new int[shape.size()];
        for (float value : fortran) {
            int place = 0;
            for (int axis = 0; axis < index.length; axis++) {
                place = place * shape.get(axis) + index[axis];
            }
            c[place] = value;
            for (int axis = 0; axis < index.length && ++index[axis] == shape.get(axis); axis++) {
                index[axis] = 0;
            }
        }
        return c;
    }
}

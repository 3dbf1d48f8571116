package org.chromaprep.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The head of an NPY file: what its numbers are and how they lie.
 *
 * @param type of the numbers
 * @param fortranOrder whether the first axis varies fastest; otherwise the last one does
 * @param shape the length of each axis, none negative; empty for a single number
 */
public record NpyHeader(NpyType type, boolean fortranOrder, List<Integer> shape) {
    /** The alignment of the numbers that NumPy 1.14 and later write. */
    public static final int ALIGNMENT = 64;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PREFIX = MAGIC.length + 4;
    private static final int MAX_HEADER = 1 << 16;
    private static final int MAX_AXES = 32;
    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]{1,16})['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9, ]*)\\)");

    /**
     * @throws IllegalArgumentException if an axis is negative, there are more than 32, or there are more numbers than a
     *     {@code long} counts
     */
    public NpyHeader {
        shape = List.copyOf(shape);
        if (shape.size() > MAX_AXES) {
            throw new IllegalArgumentException("An array has at most " + MAX_AXES + " axes, not " + shape.size() + ".");
        }
        long bytes = type.bytes();
        for (int axis : shape) {
            if (axis < 0) {
                throw new IllegalArgumentException("No axis of an array can be negative, as in " + shape + ".");
            }
            try {
                bytes = Math.multiplyExact(bytes, (long) axis);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("An array of shape " + shape + " is too large for any file.", e);
            }
        }
    }

    /** The head of an array in C order (last axis fastest), the order that ChromaPrep writes. */
    public static NpyHeader of(NpyType type, int... shape) {
        return new NpyHeader(type, false, Arrays.stream(shape).boxed().toList());
    }

    /** How many numbers the array has. */
    public long count() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** Bytes of the numbers, the head not counted. */
    public long dataBytes() {
        return count() * type.bytes();
    }

    /** The head in format version 1.0, its length a multiple of 64: what NumPy itself writes for this array. */
    public byte[] toBytes() {
        return toBytes(ALIGNMENT);
    }

    /**
     * The head in format version 1.0.
     *
     * @param alignment the head's length is a multiple of it: 64 as NumPy since 1.14, 16 as NumPy before
     */
    public byte[] toBytes(int alignment) {
        var axes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        var text = "{'descr': '" + type.descr() + "', 'fortran_order': " + (fortranOrder ? "True" : "False")
                + ", 'shape': (" + axes + (shape.size() == 1 ? ",), }" : "), }");
        // NumPy pads by a whole alignment where none is needed, and hashes of its files depend on that.
        int length = ((PREFIX + text.length() + 1) / alignment + 1) * alignment;
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length - PREFIX));
        bytes.put(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.position() < length - 1) {
            bytes.put((byte) ' ');
        }
        return bytes.put((byte) '\n').array();
    }

    /**
     * Reads a head; the stream then stands at the first number.
     *
     * @throws NpyFormatException if this is no NPY file or one of a kind that is not read here
     * @throws EOFException if the stream ends inside the head
     * @throws IOException if reading fails
     */
    public static NpyHeader read(InputStream in) throws IOException {
        var prefix = readExactly(in, MAGIC.length + 2);
        if (!Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new NpyFormatException("it does not begin as an NPY file does");
        }
        int version = prefix[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new NpyFormatException("NPY format version " + version + " is unknown");
        }
        var lengthBytes = ByteBuffer.wrap(readExactly(in, version == 1 ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1 ? lengthBytes.getShort() & 0xffff : lengthBytes.getInt() & 0xffffffffL;
        if (length > MAX_HEADER) {
            throw new NpyFormatException("its head claims " + length + " bytes");
        }
        return parse(new String(readExactly(in, (int) length), StandardCharsets.ISO_8859_1));
    }

    private static NpyHeader parse(String text) throws NpyFormatException {
        var descr = DESCR.matcher(text);
        var order = ORDER.matcher(text);
        var axes = SHAPE.matcher(text);
        if (!descr.find() || !order.find() || !axes.find()) {
            throw new NpyFormatException("its head is not one of a plain array of numbers");
        }
        var type = NpyType.byDescr(descr.group(1))
                .orElseThrow(() -> new NpyFormatException(
                        "its numbers are of type " + descr.group(1) + ", which is not read here"));
        try {
            var shape = Arrays.stream(axes.group(1).split(","))
                    .map(String::strip)
                    .filter(axis -> !axis.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
            return new NpyHeader(type, order.group(1).equals("True"), shape);
        } catch (IllegalArgumentException e) {
            throw new NpyFormatException("its head claims the impossible shape (" + axes.group(1) + ")", e);
        }
    }

    private static byte[] readExactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the file ends inside its head");
        }
        return bytes;
    }
}

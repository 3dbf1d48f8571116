package org.chromaprep.output.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chromaprep.files.Json;
import org.chromaprep.npy.Float16;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyType;

/**
 * Puts the members of one sample together, in buffers that the next sample reuses: the members of a sample are valid until
 * {@link #begin}. Used by one thread.
 */
public final class SampleBuffers {
    private final Map<String, ByteBuffer> buffers = new HashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final Png png = new Png();
    private long saturated;

    /** Starts the next sample. */
    public void begin() {
        members.clear();
    }

    /** The members put together since {@link #begin}, in the order of their adding. */
    public List<Member> members() {
        return members;
    }

    /** Numbers so far that were too large for float16 and were written as its largest. */
    public long saturated() {
        return saturated;
    }

    /** Adds a record as JSON. */
    public void addJson(SampleRecord sample) {
        try {
            members.add(new Member("json", ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(sample))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A sample's record is plain data.", e);
        }
    }

    /** Adds a grey picture of 8 bits. */
    public void addPng(String suffix, byte[] pixels, int height, int width) {
        addPng(suffix, pixels, height, width, 1);
    }

    /** Adds a picture of 8 bits a channel: grey of one, or red, green and blue of three, pixel by pixel. */
    public void addPng(String suffix, byte[] pixels, int height, int width, int channels) {
        var out = new ByteArrayOutputStream(height * width * channels / 2 + 1024);
        png.write(pixels, height, width, channels, out);
        members.add(new Member(suffix, ByteBuffer.wrap(out.toByteArray())));
    }

    /** Adds unsigned bytes. */
    public void addBytes(String suffix, byte[] values, int... shape) {
        var buffer = start(suffix, NpyType.UINT8, shape);
        buffer.put(values, 0, length(shape));
        finish(suffix, buffer);
    }

    /** Adds whole numbers of 16 bits. */
    public void addShorts(String suffix, short[] values, int... shape) {
        var buffer = start(suffix, NpyType.INT16, shape);
        buffer.asShortBuffer().put(values, 0, length(shape));
        finish(suffix, buffer.position(buffer.position() + length(shape) * Short.BYTES));
    }

    /** Adds numbers in single precision. */
    public void addFloats(String suffix, float[] values, int... shape) {
        var buffer = start(suffix, NpyType.FLOAT32, shape);
        buffer.asFloatBuffer().put(values, 0, length(shape));
        finish(suffix, buffer.position(buffer.position() + length(shape) * Float.BYTES));
    }

    /** Adds numbers rounded to half precision, read from index 0. */
    public void addHalves(String suffix, FloatBuffer values, int... shape) {
        var buffer = start(suffix, NpyType.FLOAT16, shape);
        saturated += Float16.fromFloats(values, 0, buffer, length(shape));
        finish(suffix, buffer);
    }

    /** Adds numbers that somebody else has rounded to half precision. */
    public void addHalves(String suffix, HalfSource source, int... shape) {
        var buffer = start(suffix, NpyType.FLOAT16, shape);
        saturated += source.write(buffer);
        finish(suffix, buffer);
    }

    /** Gives a whole array in half precision. */
    public interface HalfSource {
        /**
         * Writes all numbers.
         *
         * @param into receives them little-endian from its position on, which moves behind them
         * @return how many were too large and became the largest half
         */
        long write(ByteBuffer into);
    }

    private ByteBuffer start(String suffix, NpyType type, int... shape) {
        var head = NpyHeader.of(type, shape).toBytes();
        var size = Math.addExact(head.length, Math.multiplyExact(length(shape), type.bytes()));
        var buffer = buffers.get(suffix);
        if (buffer == null || buffer.capacity() < size) {
            buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
            buffers.put(suffix, buffer);
        }
        return buffer.clear().put(head);
    }

    private void finish(String suffix, ByteBuffer buffer) {
        members.add(new Member(suffix, buffer.flip()));
    }

    private static int length(int... shape) {
        var length = 1;
        for (var size : shape) {
            length = Math.multiplyExact(length, size);
        }
        return length;
    }
}

package org.chromaprep.inspect.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyType;

/** An array as the bytes of a NumPy file. */
final class NpyFile {
    private NpyFile() {}

    static byte[] of(float[] values, int... shape) {
        var head = NpyHeader.of(NpyType.FLOAT32, shape).toBytes();
        var bytes =
                ByteBuffer.allocate(head.length + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(head).asFloatBuffer().put(values);
        return bytes.array();
    }

    static byte[] of(byte[] values, int... shape) {
        var head = NpyHeader.of(NpyType.UINT8, shape).toBytes();
        return ByteBuffer.allocate(head.length + values.length)
                .put(head)
                .put(values)
                .array();
    }
}

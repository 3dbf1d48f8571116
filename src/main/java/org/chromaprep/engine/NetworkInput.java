package org.chromaprep.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Memory for what goes into the network. Stateless. */
public final class NetworkInput {
    /** R, G and B. */
    public static final int CHANNELS = 3;

    private NetworkInput() {}

    /**
     * Room for one input of {@code pixels} x 3 numbers outside the heap, in native byte order, which the garbage collector frees
     * with the buffer.
     *
     * @param pixels height x width of the network's input
     */
    public static FloatBuffer allocate(int pixels) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(pixels, CHANNELS * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}

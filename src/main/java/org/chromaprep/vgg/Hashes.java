package org.chromaprep.vgg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyType;

/** Hashes of weights, in lower-case hexadecimal. */
final class Hashes {
    private static final int BLOCK = 1 << 16;
    /** NumPy before 1.14 aligned the head of its files to 16 bytes, and wrote the original filters so. */
    private static final int OLD_ALIGNMENT = 16;

    private Hashes() {}

    /** A file's hash by a fresh digest. */
    static String ofFile(Path file, MessageDigest digest) throws IOException {
        return new DigestUtils(digest).digestAsHex(file);
    }

    /** SHA-256 of the arrays' little-endian bytes in the map's order, kernel before bias. */
    static String ofArrays(Map<VggLayer, VggWeights.LayerWeights> layers) {
        var digest = DigestUtils.getSha256Digest();
        layers.forEach((layer, weights) -> {
            update(digest, weights.kernel());
            update(digest, weights.bias());
        });
        return hex(digest);
    }

    /** SHA-256 of the NPY file in which the original filters' publisher would have written this array. */
    static String ofNpy(float[] values, int... shape) {
        var digest = DigestUtils.getSha256Digest();
        digest.update(NpyHeader.of(NpyType.FLOAT32, shape).toBytes(OLD_ALIGNMENT));
        update(digest, values);
        return hex(digest);
    }

    /** The digest's value; the digest starts anew. */
    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Adds the numbers' little-endian bytes. */
    static void update(MessageDigest digest, float[] values) {
        var block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < values.length; ) {
            int count = Math.min(values.length - done, BLOCK / Float.BYTES);
            block.asFloatBuffer().put(values, done, count);
            digest.update(block.array(), 0, count * Float.BYTES);
            done += count;
        }
    }
}

package org.chromaprep.pipeline.sample;

import java.util.Arrays;
import java.util.List;
import org.chromaprep.npy.NpyType;

/**
 * One file of a sample.
 *
 * @param suffix what follows the sample's key in its name, as in {@code labels.png}
 * @param type of its numbers
 * @param shape axes in order, the slowest first
 */
public record MemberArray(String suffix, NpyType type, List<Integer> shape) {
    private static final long NPY_HEAD = 128;
    private static final long PNG_EXTRA = 2048;

    static MemberArray npy(String name, NpyType type, int... shape) {
        return new MemberArray(name + ".npy", type, Arrays.stream(shape).boxed().toList());
    }

    static MemberArray png(String name, int height, int width) {
        return new MemberArray(name + ".png", NpyType.UINT8, List.of(height, width));
    }

    static MemberArray png(String name, int height, int width, int channels) {
        return new MemberArray(name + ".png", NpyType.UINT8, List.of(height, width, channels));
    }

    /** Bytes of the file at most. */
    public long largestBytes() {
        var numbers = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (suffix.endsWith(".png")) {
            // Deflate never enlarges by more than a few bytes a block, and each row has a filter byte.
            return numbers + numbers / 100 + shape.get(0) + PNG_EXTRA;
        }
        return NPY_HEAD + numbers * type.bytes();
    }
}

package org.chromaprep.pipeline;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Finds frames that look to the network exactly like the processed one before: film that was transferred at another speed
 * has many. Only a hash is kept, so that a run which continues later finds the same ones. Used by one thread.
 */
final class RepeatedPictures {
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private byte[] last;

    /** @param memory a {@link #snapshot} of an earlier run; empty before the first frame */
    RepeatedPictures(byte[] memory) {
        last = memory.clone();
    }

    /**
     * Takes the next processed frame.
     *
     * @param luma its grid's grey values, all that the network sees of it
     * @param frame its number
     * @return the first of the frames that look alike up to this one, if there is another
     */
    OptionalLong next(byte[] luma, long frame) {
        var hash = digest.digest(luma);
        if (last.length > 0 && Arrays.equals(hash, Arrays.copyOfRange(last, Long.BYTES, last.length))) {
            return OptionalLong.of(ByteBuffer.wrap(last).getLong());
        }
        last = ByteBuffer.allocate(Long.BYTES + hash.length)
                .putLong(frame)
                .put(hash)
                .array();
        return OptionalLong.empty();
    }

    /** What later frames are compared with; not changed afterwards. */
    byte[] snapshot() {
        return last;
    }
}

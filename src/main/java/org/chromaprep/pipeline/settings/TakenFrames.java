package org.chromaprep.pipeline.settings;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.chromaprep.scene.PerceptualHash;

/** Remembers the frames that were taken, for the choice of later ones. Used by one thread. */
public final class TakenFrames {
    private static final int FIRST = 64;

    private long[] hashes = new long[FIRST];
    private int count;
    private int scene = -1;
    private int ofScene;

    /** As the bytes say. */
    public static TakenFrames of(byte[] bytes) {
        var taken = new TakenFrames();
        var in = ByteBuffer.wrap(bytes);
        if (in.hasRemaining()) {
            taken.scene = in.getInt();
            taken.ofScene = in.getInt();
            taken.count = in.remaining() / Long.BYTES;
            taken.hashes = new long[Math.max(FIRST, taken.count)];
            in.asLongBuffer().get(taken.hashes, 0, taken.count);
        }
        return taken;
    }

    public void add(int ownScene, long hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash;
        ofScene = ownScene == scene ? ofScene + 1 : 1;
        scene = ownScene;
    }

    /** How many of a scene were taken; of any but the last scene, none is remembered. */
    int ofScene(int which) {
        return which == scene ? ofScene : 0;
    }

    /** The bits by which a hash differs from the nearest one; more than there are if there is none. */
    int nearest(long hash) {
        var nearest = Long.SIZE + 1;
        for (var i = 0; i < count; i++) {
            nearest = Math.min(nearest, PerceptualHash.distance(hash, hashes[i]));
        }
        return nearest;
    }

    public byte[] toBytes() {
        var out = ByteBuffer.allocate(2 * Integer.BYTES + count * Long.BYTES)
                .putInt(scene)
                .putInt(ofScene);
        out.asLongBuffer().put(hashes, 0, count);
        return out.array();
    }
}

package org.chromaprep.video;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How far a film has been read, and where its reading can begin to come there again without reading everything before. Immutable.
 */
public final class FilmPlace {
    private final long fingerprint;
    private final long results;
    private final byte[] entry;

    /**
     * @param fingerprint of everything that was read: pictures, times, losses
     * @param results that reading has given so far
     * @param entry where and in which state reading begins, in the source's own words; empty where it begins with the film
     */
    public FilmPlace(long fingerprint, long results, byte[] entry) {
        this.fingerprint = fingerprint;
        this.results = results;
        this.entry = Arrays.copyOf(entry, entry.length);
    }

    /**
     * What {@link #toBytes} gave.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static FilmPlace of(byte[] bytes) {
        if (bytes.length < 2 * Long.BYTES) {
            throw new IllegalArgumentException("A place in a film has " + 2 * Long.BYTES + " bytes at least.");
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new FilmPlace(
                buffer.getLong(), buffer.getLong(), Arrays.copyOfRange(bytes, 2 * Long.BYTES, bytes.length));
    }

    /** A fingerprint of all pictures, times and losses up to here: who has read the same film this far has the same. */
    public long fingerprint() {
        return fingerprint;
    }

    /** Frames and lost frames up to here. */
    public long results() {
        return results;
    }

    /** What the source itself keeps of it; the caller's own. */
    public byte[] entry() {
        return Arrays.copyOf(entry, entry.length);
    }

    /** Whether reading can begin behind the film's beginning. */
    public boolean isEnterable() {
        return entry.length > 0;
    }

    /** All of it, for a file. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(2 * Long.BYTES + entry.length)
                .putLong(fingerprint)
                .putLong(results)
                .put(entry)
                .array();
    }
}

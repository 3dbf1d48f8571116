package org.chromaprep.scene;

import java.util.Arrays;
import java.util.Base64;

/**
 * A picture of a shot by which it is recognised when it returns, in the same film or in a copy of it; see {@link ShotGallery}.
 * Immutable; any number of threads may use it.
 */
public final class ShotPicture {
    private static final int PIXELS = Thumbnail.HALF * Thumbnail.HALF;
    /** Bits that hashes of the same part may differ by where the part is not one of the list: strangers differ by 32. */
    private static final int CANDIDATE = 16;
    /** Standard deviation in grey levels below which a picture shows too little to be recognised, as in fades. */
    private static final double TELLING = 10;
    /** Bits by which hashes of one bunch differ from its first at most: this makes about 15 bunches of the 60 parts. */
    private static final int BUNCH = 8;

    private final byte[] greys;
    private final boolean telling;
    /** Of the parts, in bunches of similar ones. */
    private final long[] hashes;
    /** The part of each hash. */
    private final byte[] parts;
    /** Where each bunch begins; one more for the end. */
    private final byte[] bunches;
    /** How many bits the hashes of each bunch differ from its first at most. */
    private final byte[] radii;

    /**
     * @param base64 as {@link ScenePicture#toBase64} gives it
     * @param hash used by this thread meanwhile
     * @throws IllegalArgumentException if it is no such text
     */
    public ShotPicture(String base64, PerceptualHash hash) {
        greys = Base64.getDecoder().decode(base64);
        if (greys.length != PIXELS) {
            throw new IllegalArgumentException(
                    "A small picture has " + PIXELS + " grey values, not " + greys.length + ".");
        }
        telling = deviation(greys) >= TELLING;
        var count = telling ? PicturePart.LISTED.size() : 0;
        var plain = new long[count];
        for (var i = 0; i < count; i++) {
            plain[i] = hash.of(PicturePart.LISTED.get(i).of(greys));
        }
        hashes = new long[count];
        parts = new byte[count];
        var begins = new byte[count + 1];
        var widths = new byte[count];
        var bunch = 0;
        var taken = new boolean[count];
        var next = 0;
        for (var i = 0; i < count; i++) {
            if (taken[i]) {
                continue;
            }
            begins[bunch] = (byte) next;
            for (var j = i; j < count; j++) {
                var distance = PerceptualHash.distance(plain[i], plain[j]);
                if (!taken[j] && distance <= BUNCH) {
                    taken[j] = true;
                    hashes[next] = plain[j];
                    parts[next++] = (byte) j;
                    widths[bunch] = (byte) Math.max(widths[bunch], distance);
                }
            }
            bunch++;
        }
        begins[bunch] = (byte) next;
        bunches = Arrays.copyOf(begins, bunch + 1);
        radii = Arrays.copyOf(widths, bunch);
    }

    /** Whether it shows enough to be recognised. */
    public boolean telling() {
        return telling;
    }

    /** Of the whole picture, if it is telling. */
    long hash() {
        return hashes[0];
    }

    byte[] greys() {
        return greys;
    }

    /**
     * The listed part whose hash is nearest to one, the first of those that are equally near.
     *
     * @return its place in the list; -1 if none is near enough
     */
    int nearest(long wanted) {
        var nearest = -1;
        var least = CANDIDATE + 1;
        for (var bunch = 0; bunch < radii.length; bunch++) {
            var begin = bunches[bunch];
            // No hash of a bunch is nearer than its first but for the bunch's width.
            if (PerceptualHash.distance(hashes[begin], wanted) - radii[bunch] > Math.min(least, CANDIDATE)) {
                continue;
            }
            for (var i = begin; i < bunches[bunch + 1]; i++) {
                var distance = PerceptualHash.distance(hashes[i], wanted);
                if (distance < least || distance == least && parts[i] < nearest) {
                    least = distance;
                    nearest = parts[i];
                }
            }
        }
        return nearest;
    }

    private static double deviation(byte[] greys) {
        double sum = 0;
        double squares = 0;
        for (var grey : greys) {
            sum += grey & 0xFF;
            squares += (double) (grey & 0xFF) * (grey & 0xFF);
        }
        return Math.sqrt(Math.max(0, squares / PIXELS - sum / PIXELS * (sum / PIXELS)));
    }
}

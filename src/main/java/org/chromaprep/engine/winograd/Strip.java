package org.chromaprep.engine.winograd;

import java.util.Arrays;

/**
 * The arrays that the transforms work with: the numbers of some tiles side by side, of one column of each.
 *
 * <p>Vector instructions are slow where a vector lies across two cache lines. The compiler begins a loop so that one of its arrays is
 * not read like that; the others are as well off where they begin at the same place of a line. Arrays that are made one after another
 * do, as these are whole lines long together with their headers.
 */
final class Strip {
    /** Numbers of a strip: few enough for the nearest cache, enough to be worth a loop. A multiple of all layers' channels. */
    static final int LENGTH = 1024;

    private static final int CACHE_LINE = 64;
    private static final int HEADER = 16;
    /** With what makes whole cache lines of an array and its header. */
    private static final int WITH_REST = LENGTH + (CACHE_LINE - HEADER) / Float.BYTES;

    private Strip() {}

    /** An array of zeros, of which the first {@link #LENGTH} are used. */
    static float[] one() {
        return new float[WITH_REST];
    }

    /** Arrays that lie one after another. */
    static float[][] some(int count) {
        var strips = new float[count][];
        Arrays.setAll(strips, i -> one());
        return strips;
    }

    /** Bytes of an array. */
    static long bytes() {
        return HEADER + (long) WITH_REST * Float.BYTES;
    }
}

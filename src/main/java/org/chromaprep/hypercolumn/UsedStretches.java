package org.chromaprep.hypercolumn;

import java.util.Arrays;

/** Which positions of maps a product needs, in stretches that are read or skipped together. */
final class UsedStretches {
    /** Positions of a stretch: few enough to skip much, enough to be worth a call. */
    static final int LENGTH = 8;

    private final int positions;
    private final boolean[] used;

    /** @param positions of a map */
    UsedStretches(int positions) {
        this.positions = positions;
        this.used = new boolean[(positions + LENGTH - 1) / LENGTH];
    }

    /** Forgets what is used. */
    void clear() {
        Arrays.fill(used, false);
    }

    /** Marks the stretch of a position. */
    void mark(int position) {
        used[position / LENGTH] = true;
    }

    /** Marks the stretches where any of the numbers is not zero, a number a position. */
    void markNonZero(float[] numbers) {
        for (var i = 0; i < used.length; i++) {
            var end = Math.min(positions, (i + 1) * LENGTH);
            for (var p = i * LENGTH; p < end && !used[i]; p++) {
                used[i] = numbers[p] != 0;
            }
        }
    }

    /** Where the used stretches end that begin at a position, at most {@code to}; the position itself if none does. */
    int endOfRun(int position, int to) {
        var end = position;
        while (end < to && used[end / LENGTH]) {
            end = Math.min(to, (end / LENGTH + 1) * LENGTH);
        }
        return end;
    }

    /** Where the stretch behind the one begins that a position lies in. */
    static int next(int position) {
        return (position / LENGTH + 1) * LENGTH;
    }
}

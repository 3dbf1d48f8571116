package org.chromaprep.colorize;

/**
 * A frame that heads learn from.
 *
 * @param luma grey values, 0 to 255, row by row
 * @param ab a*, b* of each pixel, one after the other, row by row
 * @param weights how far each pixel's colour is to be trusted, 0 to 1; none where all are known
 */
record Lesson(byte[] luma, float[] ab, float[] weights) {
    private static final float[] NONE = {};

    /** A frame that somebody coloured. */
    static Lesson known(byte[] luma, float[] ab) {
        return new Lesson(luma, ab, NONE);
    }

    boolean isKnown() {
        return weights.length == 0;
    }
}

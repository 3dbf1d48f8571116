package org.chromaprep.learn;

import org.chromaprep.hypercolumn.Grid;

/**
 * Where pixels lie in the picture, as a head's last two inputs: down and across, 0 in the middle, with a deviation of 0.7
 * over the whole picture whatever its size, which is somewhat less than that of a layer's features together.
 */
public final class Place {
    /** How many inputs describe the place. */
    public static final int INPUTS = 2;

    /** Evenly spread numbers between -1/2 and 1/2 deviate by the root of a twelfth. */
    private static final double SPREAD = 0.7 * Math.sqrt(12);

    private Place() {}

    /** The input for a row or a column. */
    static float of(int position, int length) {
        return (float) (SPREAD * ((position + 0.5) / length - 0.5));
    }

    /**
     * Writes a pixel's place.
     *
     * @param pixel its number in the grid
     * @param into receives two numbers from {@code at}
     */
    public static void write(int pixel, Grid grid, float[] into, int at) {
        into[at] = of(pixel / grid.width(), grid.height());
        into[at + 1] = of(pixel % grid.width(), grid.width());
    }
}

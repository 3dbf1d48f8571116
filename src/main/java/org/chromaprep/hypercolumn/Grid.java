package org.chromaprep.hypercolumn;

/**
 * The pixel grid that hypercolumns live on. Pixels are numbered row by row: {@code y * width + x}.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Grid(int height, int width) {
    /**
     * @throws IllegalArgumentException if a side is below 1 or the grid has more pixels than an array can hold
     */
    public Grid {
        if (height < 1 || width < 1 || (long) height * width > Integer.MAX_VALUE / 8) {
            throw new IllegalArgumentException("A grid needs sides of at least 1 and at most " + Integer.MAX_VALUE / 8
                    + " pixels, not " + width + "x" + height + ".");
        }
    }

    /** Pixels of the grid: the rows of the hypercolumn matrix. */
    public int pixels() {
        return height * width;
    }
}

package org.chromaprep.scene;

/**
 * A picture of {@value #SIDE} by {@value #SIDE} grey values, 0 to 255, into which a whole picture of any shape is squeezed. Scenes
 * are found and copies of pictures are recognised by it. How a picture fills the network's input plays no part in it, so copies
 * that were squeezed or have another number of pixels give nearly the same one. Immutable.
 */
public final class Thumbnail {
    /** Columns, and rows. */
    public static final int SIDE = 64;
    /** Columns, and rows, of the smaller one that ledgers keep. */
    public static final int HALF = SIDE / 2;

    private final byte[] greys;

    /**
     * @param greys {@value #SIDE} times {@value #SIDE}, row by row; copied
     * @throws IllegalArgumentException if there are not so many
     */
    public Thumbnail(byte[] greys) {
        if (greys.length != SIDE * SIDE) {
            throw new IllegalArgumentException(
                    "A thumbnail has " + SIDE * SIDE + " grey values, not " + greys.length + ".");
        }
        this.greys = greys.clone();
    }

    /** The grey value at a row and a column, 0 to 255. */
    public int grey(int row, int column) {
        return greys[row * SIDE + column] & 0xFF;
    }
}

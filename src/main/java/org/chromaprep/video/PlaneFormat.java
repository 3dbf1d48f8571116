package org.chromaprep.video;

/**
 * How a film's pictures are stored as planes of luma and of two colour differences, and what their numbers mean.
 *
 * @param width columns of the luma plane, at least 1
 * @param height rows of the luma plane, at least 1
 * @param depth bits of a number, 8 to 16
 * @param columnStep luma columns that a column of the colour planes stands for, 1 or 2
 * @param rowStep luma rows that a row of the colour planes stands for, 1 or 2
 * @param colour how the numbers mean colours
 * @param pixelAspect a pixel's width over its height
 */
public record PlaneFormat(
        int width, int height, int depth, int columnStep, int rowStep, StoredColour colour, Rational pixelAspect) {
    /**
     * How numbers mean colours, by FFmpeg's numbers for it.
     *
     * @param fullRange whether luma uses all values rather than 16 to 235 (in 8 bits)
     * @param matrix between luma and RGB
     * @param primaries of the colours
     * @param transfer between light and numbers
     * @param chromaLocation where the samples of the colour planes lie between those of luma
     */
    public record StoredColour(boolean fullRange, int matrix, int primaries, int transfer, int chromaLocation) {}

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public PlaneFormat {
        if (width < 1
                || height < 1
                || depth < 8
                || depth > Short.SIZE
                || columnStep < 1
                || columnStep > 2
                || rowStep < 1
                || rowStep > 2) {
            throw new IllegalArgumentException("Planes have sides of 1 at least, 8 to 16 bits and steps of 1 or 2, not "
                    + width + "x" + height + ", " + depth + " bits, " + columnStep + " and " + rowStep + ".");
        }
    }

    /** Columns of a colour plane. */
    public int colourWidth() {
        return (width + columnStep - 1) / columnStep;
    }

    /** Rows of a colour plane. */
    public int colourHeight() {
        return (height + rowStep - 1) / rowStep;
    }

    /** The number of the colour planes that is no colour. */
    public int neutral() {
        return 1 << depth - 1;
    }

    /** The number of black. */
    public double black() {
        return colour.fullRange() ? 0 : 16.0 * (1 << depth - 8);
    }

    /** Numbers from black to white. */
    public double span() {
        return colour.fullRange() ? (1 << depth) - 1 : 219.0 * (1 << depth - 8);
    }

    /** Numbers from the one end of a colour plane to the other. */
    public double colourSpan() {
        return colour.fullRange() ? (1 << depth) - 1 : 224.0 * (1 << depth - 8);
    }

    /** The same of another depth and other steps. */
    public PlaneFormat with(int otherDepth, int otherColumnStep, int otherRowStep) {
        return new PlaneFormat(width, height, otherDepth, otherColumnStep, otherRowStep, colour, pixelAspect);
    }
}

package org.chromaprep.annotate;

/**
 * The part of the source picture that the pixel grid covers, in fractions of the picture: (0, 0) is its upper left corner
 * and (1, 1) its lower right one.
 *
 * <p>A stretched picture has the grid at (0, 0, 1, 1). A cropped one has it within the picture. A letterboxed one has it
 * reach beyond the picture on two sides: x or y below 0, width or height above 1.
 *
 * @param x left edge
 * @param y upper edge
 * @param width extent to the right, above 0
 * @param height extent downwards, above 0
 */
public record GridPlacement(double x, double y, double width, double height) {
    /** The grid covers the picture exactly. */
    public static final GridPlacement WHOLE = new GridPlacement(0, 0, 1, 1);

    /**
     * @throws IllegalArgumentException if a number is not finite or an extent is not above 0
     */
    public GridPlacement {
        if (!Double.isFinite(x)
                || !Double.isFinite(y)
                || !(width > 0 && width < Double.POSITIVE_INFINITY)
                || !(height > 0 && height < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "A grid's place in a picture needs finite edges and extents above 0, not " + x + ", " + y + ", "
                            + width + ", " + height + ".");
        }
    }
}

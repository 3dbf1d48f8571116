package org.chromaprep.video;

/**
 * A part of a picture as shown, in stored pixels.
 *
 * @param left columns to its left
 * @param top rows above it
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record CropArea(int left, int top, int width, int height) {
    /**
     * @throws IllegalArgumentException if a side is below 1 or an edge negative
     */
    public CropArea {
        if (left < 0 || top < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException("A crop needs sides of 1 at least inside the picture, not " + width + "x"
                    + height + "+" + left + "+" + top + ".");
        }
    }

    /** The part of it that a picture of that size has; the whole picture where they share nothing. */
    CropArea within(int pictureWidth, int pictureHeight) {
        if (left >= pictureWidth || top >= pictureHeight) {
            return new CropArea(0, 0, pictureWidth, pictureHeight);
        }
        return new CropArea(left, top, Math.min(width, pictureWidth - left), Math.min(height, pictureHeight - top));
    }

    /** As people write it: {@code WxH+X+Y}. */
    @Override
    public String toString() {
        return width + "x" + height + "+" + left + "+" + top;
    }
}

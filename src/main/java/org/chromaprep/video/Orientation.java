package org.chromaprep.video;

/**
 * How stored pictures are turned to be shown: one of the eight ways in which a rectangle maps onto itself.
 *
 * @param transposed whether rows become columns
 * @param fromRight whether columns as shown are counted from the right
 * @param fromBottom whether rows as shown are counted from the bottom
 */
public record Orientation(boolean transposed, boolean fromRight, boolean fromBottom) {
    public static final Orientation UPRIGHT = new Orientation(false, false, false);
    /** Matrices further from a right angle than this share of their larger entries are no turn by right angles. */
    private static final double SLACK = 0.02;

    private static final int ENTRIES = 9;

    /**
     * The orientation of a display matrix: a stored point (x, y) is shown at (a x + c y, b x + d y), where a, b, c, d are
     * entries 0, 1, 3 and 4. Other than right angles, and broken matrices, count as upright.
     */
    public static Orientation of(int[] matrix) {
        if (matrix.length < ENTRIES) {
            return UPRIGHT;
        }
        double a = matrix[0];
        double b = matrix[1];
        double c = matrix[3];
        double d = matrix[4];
        if (isMinor(b, c, a, d)) {
            return new Orientation(false, a < 0, d < 0);
        }
        if (isMinor(a, d, b, c)) {
            return new Orientation(true, c < 0, b < 0);
        }
        return UPRIGHT;
    }

    private static boolean isMinor(double small, double otherSmall, double large, double otherLarge) {
        var limit = SLACK * Math.min(Math.abs(large), Math.abs(otherLarge));
        return limit > 0 && Math.abs(small) <= limit && Math.abs(otherSmall) <= limit;
    }

    /** Whether pictures are flipped left to right before they are turned. */
    public boolean mirrored() {
        return transposed == (fromRight == fromBottom);
    }

    /** The clockwise turn in degrees, after any flip. */
    public int rotation() {
        if (transposed) {
            return fromBottom != mirrored() ? 270 : 90;
        }
        return fromBottom ? 180 : 0;
    }

    public int width(int storedWidth, int storedHeight) {
        return transposed ? storedHeight : storedWidth;
    }

    public int height(int storedWidth, int storedHeight) {
        return transposed ? storedWidth : storedHeight;
    }

    /** Where a part of the shown picture lies in the stored one. */
    public CropArea stored(CropArea shown, int storedWidth, int storedHeight) {
        var left = transposed ? shown.top() : shown.left();
        var top = transposed ? shown.left() : shown.top();
        var width = transposed ? shown.height() : shown.width();
        var height = transposed ? shown.width() : shown.height();
        // A transposed picture's columns are stored rows, so the edges change roles.
        var flipColumns = transposed ? fromBottom : fromRight;
        var flipRows = transposed ? fromRight : fromBottom;
        return new CropArea(
                flipColumns ? storedWidth - left - width : left,
                flipRows ? storedHeight - top - height : top,
                width,
                height);
    }

    /** Turns a picture of stored width times height bytes. */
    public void turn(byte[] stored, int width, int height, byte[] shown) {
        for (var y = 0; y < height; y++) {
            var at = start(y, width, height);
            var step = step(height);
            for (int x = 0, from = y * width; x < width; x++, from++, at += step) {
                shown[at] = stored[from];
            }
        }
    }

    /** Turns a picture of stored width times height numbers. */
    public void turn(int[] stored, int width, int height, int[] shown) {
        for (var y = 0; y < height; y++) {
            var at = start(y, width, height);
            var step = step(height);
            for (int x = 0, from = y * width; x < width; x++, from++, at += step) {
                shown[at] = stored[from];
            }
        }
    }

    /** Where a stored row's first pixel is shown. */
    private int start(int y, int width, int height) {
        if (transposed) {
            var column = fromRight ? height - 1 - y : y;
            return (fromBottom ? width - 1 : 0) * height + column;
        }
        return (fromBottom ? height - 1 - y : y) * width + (fromRight ? width - 1 : 0);
    }

    /** How far apart neighbours of a stored row are shown. */
    private int step(int height) {
        if (transposed) {
            return fromBottom ? -height : height;
        }
        return fromRight ? -1 : 1;
    }
}

package org.chromaprep.video;

import java.util.Optional;

/**
 * Which part of a picture is used and how it fills a size of another shape.
 *
 * @param fit how
 * @param crop the part as shown; what lies outside a picture is left out. Empty for all of it
 * @param pixelAspect a pixel's width over its height, as shown
 */
public record Framing(Fit fit, Optional<CropArea> crop, double pixelAspect) {
    /**
     * @throws IllegalArgumentException if pixels have no shape
     */
    public Framing {
        if (!(pixelAspect > 0) || Double.isInfinite(pixelAspect)) {
            throw new IllegalArgumentException(
                    "A pixel's width over its height must be above 0, not " + pixelAspect + ".");
        }
    }

    /** With square pixels. */
    public Framing(Fit fit, Optional<CropArea> crop) {
        this(fit, crop, 1);
    }

    /** The whole picture, with square pixels. */
    public static Framing of(Fit fit) {
        return new Framing(fit, Optional.empty());
    }

    /**
     * Where a picture's pixels go.
     *
     * @param cut the part of the picture that is used
     * @param width that part's columns in the target
     * @param height that part's rows in the target; it lies in the target's middle, with black around it
     */
    public record Placement(CropArea cut, int width, int height) {}

    /**
     * Places a picture in a target.
     *
     * @param shownWidth the picture's columns as shown
     * @param shownHeight the picture's rows as shown
     */
    public Placement place(int shownWidth, int shownHeight, int targetWidth, int targetHeight) {
        var part = crop.map(area -> area.within(shownWidth, shownHeight))
                .orElseGet(() -> new CropArea(0, 0, shownWidth, shownHeight));
        var wide = pixelAspect * part.width() / part.height();
        var wanted = (double) targetWidth / targetHeight;
        if (fit == Fit.CROP) {
            var width = wide > wanted ? side(part.height() * wanted / pixelAspect, part.width()) : part.width();
            var height = wide > wanted ? part.height() : side(part.width() * pixelAspect / wanted, part.height());
            var cut = new CropArea(
                    part.left() + (part.width() - width) / 2, part.top() + (part.height() - height) / 2, width, height);
            return new Placement(cut, targetWidth, targetHeight);
        }
        if (fit == Fit.LETTERBOX) {
            return wide > wanted
                    ? new Placement(part, targetWidth, side(targetWidth / wide, targetHeight))
                    : new Placement(part, side(targetHeight * wide, targetWidth), targetHeight);
        }
        return new Placement(part, targetWidth, targetHeight);
    }

    private static int side(double length, int limit) {
        return (int) Math.max(1, Math.min(limit, Math.round(length)));
    }
}

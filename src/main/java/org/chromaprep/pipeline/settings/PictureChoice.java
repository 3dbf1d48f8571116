package org.chromaprep.pipeline.settings;

import java.util.Optional;
import java.util.OptionalInt;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.video.CropArea;

/**
 * What of a film's pictures is used.
 *
 * @param border what is cut away
 * @param area the part that is used, as shown, where {@code border} is {@link Border#AREA}
 * @param deinterlace whether interlaced films are made whole
 * @param tintedTargets whether tinted films count as colour films
 * @param lumaSide pixels of the shorter side of grey pictures in the film's shape; empty for the film's own size
 */
public record PictureChoice(Border border, Optional<CropArea> area, boolean deinterlace, boolean tintedTargets, OptionalInt lumaSide) {
    private static final int LARGEST_SIDE = 16_384;

    /** Whole pictures, deinterlaced; tinted films without targets. */
    public static final PictureChoice DEFAULT = new PictureChoice(Border.NONE, Optional.empty(), true, false, OptionalInt.empty());

    /**
     * @throws IllegalArgumentException if a side is below 1 or too large
     */
    public PictureChoice {
        if (lumaSide.isPresent() && (lumaSide.getAsInt() < 1 || lumaSide.getAsInt() > LARGEST_SIDE)) {
            throw new IllegalArgumentException("--luma-size must be 1 to " + LARGEST_SIDE + " pixels, not " + lumaSide.getAsInt() + ".");
        }
    }

    /** The whole picture or an area of it, whatever its colours. */
    public PictureChoice(Border border, Optional<CropArea> area, boolean deinterlace, boolean tintedTargets) {
        this(border, area, deinterlace, tintedTargets, OptionalInt.empty());
    }

    /**
     * The size of grey pictures in the film's shape.
     *
     * @param height rows of the used part of the film's pictures
     * @param width their columns
     */
    public Grid filmGrid(int height, int width) {
        if (lumaSide.isEmpty()) {
            return new Grid(height, width);
        }
        var scale = (double) lumaSide.getAsInt() / Math.min(height, width);
        return new Grid((int) Math.max(1, Math.round(height * scale)), (int) Math.max(1, Math.round(width * scale)));
    }

    /** What is cut away from pictures. */
    public enum Border {
        /** Nothing. */
        NONE,
        /** The black borders that are found. */
        AUTO,
        /** All but one area. */
        AREA
    }
}

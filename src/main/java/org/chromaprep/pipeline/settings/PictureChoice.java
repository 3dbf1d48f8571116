package org.chromaprep.pipeline.settings;

import java.util.Optional;
import java.util.OptionalInt;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.ReadingOptions;

/**
 * What of a film's pictures is used, and how they are read.
 *
 * @param border what is cut away
 * @param area the part that is used, as shown, where {@code border} is {@link Border#AREA}
 * @param fields how interlaced pictures are made whole
 * @param tintedTargets whether tinted films count as colour films
 * @param lumaSide pixels of the shorter side of grey pictures in the film's shape; empty for the film's own size
 * @param reading which track is read, and what its numbers are taken for
 */
public record PictureChoice(
        Border border,
        Optional<CropArea> area,
        Fields fields,
        boolean tintedTargets,
        OptionalInt lumaSide,
        ReadingOptions reading) {
    private static final int LARGEST_SIDE = 16_384;

    /** Whole pictures, deinterlaced; tinted films without targets. */
    public static final PictureChoice DEFAULT = new PictureChoice(
            Border.NONE, Optional.empty(), Fields.AUTO, false, OptionalInt.empty(), ReadingOptions.DEFAULT);

    /**
     * @throws IllegalArgumentException if a side is below 1 or too large
     */
    public PictureChoice {
        if (lumaSide.isPresent() && (lumaSide.getAsInt() < 1 || lumaSide.getAsInt() > LARGEST_SIDE)) {
            throw new IllegalArgumentException(
                    "`luma-size` must be 1 to " + LARGEST_SIDE + " pixels, not " + lumaSide.getAsInt() + ".");
        }
    }

    /** With grey pictures of the film's own size, and films read as they say. */
    public PictureChoice(Border border, Optional<CropArea> area, Fields fields, boolean tintedTargets) {
        this(border, area, fields, tintedTargets, OptionalInt.empty(), ReadingOptions.DEFAULT);
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

    /** How interlaced pictures are made whole. */
    public enum Fields {
        /** Where they are marked as interlaced, or found to be. */
        AUTO,
        /** All of them. */
        ALWAYS,
        /** None. */
        NONE,
        /** By undoing what spread a film's pictures over more fields. */
        TELECINED
    }
}

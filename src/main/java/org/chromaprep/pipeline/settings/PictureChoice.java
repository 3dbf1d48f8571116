package org.chromaprep.pipeline.settings;

import java.util.Optional;
import org.chromaprep.video.CropArea;

/**
 * What of a film's pictures is used.
 *
 * @param border what is cut away
 * @param area the part that is used, as shown, where {@code border} is {@link Border#AREA}
 * @param deinterlace whether interlaced films are made whole
 * @param tintedTargets whether tinted films count as colour films
 */
public record PictureChoice(Border border, Optional<CropArea> area, boolean deinterlace, boolean tintedTargets) {
    /** Whole pictures, deinterlaced; tinted films without targets. */
    public static final PictureChoice DEFAULT = new PictureChoice(Border.NONE, Optional.empty(), true, false);

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

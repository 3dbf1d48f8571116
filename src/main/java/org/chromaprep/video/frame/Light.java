package org.chromaprep.video.frame;

import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.LightChoice;

/** What a film's numbers mean as light, and so what is done to them before they are read. */
public enum Light {
    /** As on a screen: nothing is done. */
    CODED("as coded", true),
    /** In proportion to light, as cameras and renderers measure it: shown by sRGB's curve (IEC 61966-2-1). */
    LINEAR("scene-linear light, shown by sRGB's curve", true),
    /** The density of a printing negative: Cineon's numbers (Kodak, "Conversion of 10-bit log film data", 1995), then sRGB's curve. */
    DENSITY("printing density, shown by Cineon's and sRGB's curves", false),
    /** A range beyond a screen's white (PQ, HLG), or a curve that is not known: the numbers are taken as they are. */
    BEYOND("as coded, with light beyond a screen's white", false);

    private final String label;
    private final boolean known;

    Light(String label, boolean known) {
        this.label = label;
        this.known = known;
    }

    /** As manifests record it. */
    public String label() {
        return label;
    }

    /** Whether colours have a place in CIE Lab without a guess. */
    boolean isKnown() {
        return known;
    }

    /**
     * How a film's numbers are taken.
     *
     * @param transfer between light and numbers as FFmpeg numbers it
     * @param density whether the file says that it holds densities, for which FFmpeg has no number
     */
    public static Light of(LightChoice choice, int transfer, boolean density) {
        return switch (choice) {
            case CODED -> CODED;
            case LINEAR -> LINEAR;
            case DENSITY -> DENSITY;
            case AUTO -> declared(transfer, density);
        };
    }

    private static Light declared(int transfer, boolean density) {
        if (density) {
            return DENSITY;
        }
        if (transfer == avutil.AVCOL_TRC_LINEAR) {
            return LINEAR;
        }
        var beyond = transfer == avutil.AVCOL_TRC_SMPTE2084
                || transfer == avutil.AVCOL_TRC_ARIB_STD_B67
                || transfer == avutil.AVCOL_TRC_LOG
                || transfer == avutil.AVCOL_TRC_LOG_SQRT
                || transfer == avutil.AVCOL_TRC_SMPTE428;
        return beyond ? BEYOND : CODED;
    }
}

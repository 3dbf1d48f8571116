package org.chromaprep.pipeline.sample;

import org.chromaprep.output.shard.AbBins;

/**
 * Which pixels of a frame are sampled.
 *
 * @param sampling how they are chosen
 * @param margin pixels nearer than this to the grid's edge are left out
 * @param classes that sampled colours are encoded by
 */
public record PixelChoice(Sampling sampling, int margin, AbBins.Classes classes) {
    /** Spread evenly over the whole grid. */
    public static final PixelChoice EVEN = new PixelChoice(Sampling.GRID, 0);

    /** With the classes of sRGB's gamut. */
    public PixelChoice(Sampling sampling, int margin) {
        this(sampling, margin, AbBins.Classes.GAMUT);
    }

    /** How pixels are chosen, always reproducibly. */
    public enum Sampling {
        /** One from each of as many cells of nearly equal size. */
        GRID,
        /** Anywhere, each as likely as the other. */
        RANDOM,
        /** The likelier, the steeper the grey picture is. */
        EDGES,
        /** The likelier, the rarer the pixel's colour is in the frame; as {@link #RANDOM} in films without colour. */
        COLOUR
    }

    /**
     * @throws IllegalArgumentException if the margin is negative
     */
    public PixelChoice {
        if (margin < 0) {
            throw new IllegalArgumentException("`sample-margin` must be 0 or more, not " + margin + ".");
        }
    }
}

package org.chromaprep.video;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What of a film is read, and what its numbers are taken for, where the film leaves a choice or does not say.
 *
 * @param light how its numbers are taken as light
 * @param videoTrack which of several video tracks, from 0; empty for the one that players take
 * @param frameRate frames a second of pictures that make a film; empty for what they say themselves, or 24
 * @param decoder what decodes it
 */
public record ReadingOptions(
        LightChoice light, OptionalInt videoTrack, Optional<Rational> frameRate, DecoderChoice decoder) {
    /** As films say. */
    public static final ReadingOptions DEFAULT =
            new ReadingOptions(LightChoice.AUTO, OptionalInt.empty(), Optional.empty(), DecoderChoice.SOFTWARE);

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public ReadingOptions {
        if (videoTrack.isPresent() && videoTrack.getAsInt() < 0) {
            throw new IllegalArgumentException("`video-track` counts from 0, not " + videoTrack.getAsInt() + ".");
        }
        if (frameRate.isPresent() && frameRate.get().numerator() < 1) {
            throw new IllegalArgumentException("`frame-rate` must be above 0, not " + frameRate.get() + ".");
        }
    }
}

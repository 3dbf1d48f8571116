package org.chromaprep.pipeline.settings;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which frames are worth processing by what they show, of those that {@link FrameSelection} leaves.
 *
 * @param perScene at most so many frames of each scene, its first ones
 * @param minChange a frame is left out if its perceptual hash differs by fewer bits than this, of 64, from that of any frame
 *     of the film that was taken
 * @param withoutBlank whether frames without contrast (black, white, one grey) are left out
 */
public record FrameChoice(OptionalInt perScene, OptionalInt minChange, boolean withoutBlank) {
    /** Every frame. */
    public static final FrameChoice ALL = new FrameChoice(OptionalInt.empty(), OptionalInt.empty(), false);

    private static final int MOST_BITS = 32;
    /** Standard deviation of luma, 0 to 255, below which a frame shows nothing. */
    private static final double CONTRAST = 4;

    private static final double BLACK = 32;

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public FrameChoice {
        if (perScene.isPresent() && perScene.getAsInt() < 1) {
            throw new IllegalArgumentException("`per-scene` must be at least 1, not " + perScene.getAsInt() + ".");
        }
        if (minChange.isPresent() && (minChange.getAsInt() < 1 || minChange.getAsInt() > MOST_BITS)) {
            throw new IllegalArgumentException(
                    "`min-change` must be 1 to " + MOST_BITS + " bits, not " + minChange.getAsInt() + ".");
        }
    }

    /** Whether every frame is taken. */
    public boolean takesAll() {
        return equals(ALL);
    }

    /**
     * Why a frame is left out; empty if it is to be taken.
     *
     * @param luma of the frame
     * @param taken what was taken before
     */
    public Optional<String> refusal(byte[] luma, int scene, long hash, TakenFrames taken) {
        if (withoutBlank) {
            var blank = blank(luma);
            if (blank.isPresent()) {
                return blank;
            }
        }
        if (perScene.isPresent() && taken.ofScene(scene) >= perScene.getAsInt()) {
            return Optional.of("per-scene " + perScene.getAsInt());
        }
        if (minChange.isPresent()) {
            var nearest = taken.nearest(hash);
            if (nearest < minChange.getAsInt()) {
                return Optional.of("min-change " + minChange.getAsInt() + ": " + nearest + " bits from a frame before");
            }
        }
        return Optional.empty();
    }

    /** What a frame without contrast is called; empty for one that shows something. */
    public static Optional<String> blank(byte[] luma) {
        var sum = 0L;
        var squares = 0L;
        for (var value : luma) {
            sum += value & 255;
            squares += (long) (value & 255) * (value & 255);
        }
        var mean = (double) sum / luma.length;
        if ((double) squares / luma.length - mean * mean >= CONTRAST * CONTRAST) {
            return Optional.empty();
        }
        return Optional.of(mean < BLACK ? "black" : "blank");
    }
}

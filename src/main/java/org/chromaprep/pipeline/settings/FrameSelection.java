package org.chromaprep.pipeline.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Which frames of a film are processed. The others are skipped by request and stand in the ledger as such, up to the frame
 * at which reading ends.
 *
 * @param start seconds before which frames are skipped
 * @param end seconds at and after which reading ends
 * @param every one frame in so many from the first one inside the limits; at least 1
 * @param fps at most so many frames a second of film time
 * @param maxFrames reading ends after so many processed frames
 * @param clipFrames where a frame is taken, so many neighbouring frames are, as models of time need them; at least 1
 */
public record FrameSelection(
        OptionalDouble start,
        OptionalDouble end,
        int every,
        OptionalDouble fps,
        OptionalLong maxFrames,
        int clipFrames) {
    private static final double NANO = 1e9;

    /** Every frame. */
    public static final FrameSelection ALL = new FrameSelection(
            OptionalDouble.empty(), OptionalDouble.empty(), 1, OptionalDouble.empty(), OptionalLong.empty());

    /** Frames one by one. */
    public FrameSelection(
            OptionalDouble start, OptionalDouble end, int every, OptionalDouble fps, OptionalLong maxFrames) {
        this(start, end, every, fps, maxFrames, 1);
    }

    /**
     * @throws IllegalArgumentException if a number is out of range or the end is not after the start
     */
    public FrameSelection {
        if (every < 1) {
            throw new IllegalArgumentException("`every` must be at least 1, not " + every + ".");
        }
        if (clipFrames < 1) {
            throw new IllegalArgumentException("`clip-frames` must be at least 1, not " + clipFrames + ".");
        }
        if (fps.isPresent() && !(fps.getAsDouble() > 0)) {
            throw new IllegalArgumentException("`fps` must be above 0, not " + fps.getAsDouble() + ".");
        }
        if (maxFrames.isPresent() && maxFrames.getAsLong() < 1) {
            throw new IllegalArgumentException("`max-frames` must be at least 1, not " + maxFrames.getAsLong() + ".");
        }
        if (start.isPresent() && end.isPresent() && end.getAsDouble() <= start.getAsDouble()) {
            throw new IllegalArgumentException(
                    "`end` " + end.getAsDouble() + " s must lie after `start` " + start.getAsDouble() + " s.");
        }
    }

    /** What becomes of a frame. */
    public sealed interface Verdict {
        /**
         * The frame is processed.
         *
         * @param clipFrame its place in a run of neighbouring frames, from 0
         */
        record Take(int clipFrame) implements Verdict {}

        /**
         * The frame is skipped.
         *
         * @param reason as the ledger records it
         */
        record Skip(String reason) implements Verdict {}

        /** The frame and all after it are left unread. */
        record Stop() implements Verdict {}
    }

    /** Judges the frames of one film in order. Not for use by several threads. */
    public final class Judge {
        private long inside;
        private long taken;
        private int clipFrame;
        private Optional<Long> lastTick = Optional.empty();

        private Judge() {}

        /**
         * Decides on the next frame.
         *
         * @param seconds the frame's film time
         */
        public Verdict next(double seconds) {
            if (end.isPresent() && seconds >= end.getAsDouble()
                    || maxFrames.isPresent() && taken >= maxFrames.getAsLong()) {
                return new Verdict.Stop();
            }
            if (start.isPresent() && seconds < start.getAsDouble()) {
                return new Verdict.Skip("before start");
            }
            var place = inside++;
            if (clipFrame + 1 < clipFrames && taken > 0) {
                taken++;
                return new Verdict.Take(++clipFrame);
            }
            if (place % every != 0) {
                return new Verdict.Skip("every " + every);
            }
            if (fps.isPresent()) {
                // A frame is taken when it is the first in its 1/fps of film time; half a
                // millisecond absorbs time stamps that containers rounded.
                var tick = (long) Math.floor((seconds + 0.0005) * fps.getAsDouble());
                if (lastTick.isPresent() && lastTick.get() == tick) {
                    return new Verdict.Skip("fps " + fps.getAsDouble());
                }
                lastTick = Optional.of(tick);
            }
            taken++;
            clipFrame = 0;
            return new Verdict.Take(0);
        }
    }

    /** The same choice of no more than so much film time from the start on. */
    FrameSelection lasting(Duration length) {
        // A sum of decimal fractions that is a hair too large would let one frame more in.
        var last = Math.round(start.orElse(0) * NANO + length.toNanos()) / NANO;
        return new FrameSelection(
                start, OptionalDouble.of(Math.min(last, end.orElse(last))), every, fps, maxFrames, clipFrames);
    }

    /** The same choice with no limit to the frames taken. */
    public FrameSelection withoutLimit() {
        return new FrameSelection(start, end, every, fps, OptionalLong.empty(), clipFrames);
    }

    /** A judge for one film. */
    public Judge judge() {
        return new Judge();
    }
}

package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.video.FrameTime;

/** Notices frames whose times are not what a film's should be: none, not after the frame before, or long after it. */
final class TimeRemarks {
    private static final double LEAST_GAP = 1;
    private static final double FRAMES_IN_A_GAP = 10;

    private final double frameDuration;
    private double last = Double.NaN;
    private boolean stamped;
    private long missing;
    private long backward;
    private long gaps;

    /**
     * @param frameDuration seconds from one frame to the next, on average
     */
    TimeRemarks(double frameDuration) {
        this.frameDuration = frameDuration;
    }

    /** What there is to say of the next frame's time; without a full stop. */
    Optional<String> next(FrameTime time) {
        var step = time.seconds() - last;
        last = time.seconds();
        if (time.pts().isEmpty()) {
            missing++;
            return Optional.of("it has no time stamp; its time is a frame's duration after the frame before");
        }
        // A gap or a jump lies between two time stamps; nothing is known of times that were made up.
        var known = stamped;
        stamped = true;
        if (!known || Double.isNaN(step)) {
            return Optional.empty();
        }
        if (step <= 0) {
            backward++;
            return Optional.of("its time stamp is %.3f s before that of the frame before".formatted(-step));
        }
        if (step > Math.max(LEAST_GAP, FRAMES_IN_A_GAP * frameDuration)) {
            gaps++;
            return Optional.of("there is a gap of %.3f s before it".formatted(step));
        }
        return Optional.empty();
    }

    /** A sentence about all frames so far, if there is anything to say. */
    Optional<String> summary() {
        if (missing + backward + gaps == 0) {
            return Optional.empty();
        }
        return Optional.of("Time stamps: %d missing, %d not after the frame before, %d gaps; the ledger names the frames."
                .formatted(missing, backward, gaps));
    }
}

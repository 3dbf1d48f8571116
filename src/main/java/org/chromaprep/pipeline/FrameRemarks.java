package org.chromaprep.pipeline;

import java.util.Locale;
import java.util.Optional;
import org.chromaprep.video.FrameTime;

/**
 * Notices frames that are not as a film's should be: with damage that the decoder painted over, or with times that are
 * missing, not after the frame before, or long after it.
 */
final class FrameRemarks {
    private static final double LEAST_GAP = 1;
    private static final double FRAMES_IN_A_GAP = 10;
    private static final String DAMAGE = "the decoder painted over damage in it";

    private final double frameDuration;
    private double last = Double.NaN;
    private boolean stamped;
    private long missing;
    private long backward;
    private long gaps;
    private long concealed;

    /**
     * @param frameDuration seconds from one frame to the next, on average
     */
    FrameRemarks(double frameDuration) {
        this.frameDuration = frameDuration;
    }

    /**
     * What there is to say of the next frame; without a full stop.
     *
     * @param isConcealed whether the decoder painted over damage
     */
    Optional<String> next(FrameTime time, boolean isConcealed) {
        var ofTime = ofTime(time);
        if (!isConcealed) {
            return ofTime;
        }
        concealed++;
        return Optional.of(DAMAGE + ofTime.map(remark -> "; " + remark).orElse(""));
    }

    /** Whether what was said of a frame says that the decoder painted over damage. */
    static boolean areOfDamage(String remarks) {
        return remarks.contains(DAMAGE);
    }

    private Optional<String> ofTime(FrameTime time) {
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
            return Optional.of(
                    String.format(Locale.ROOT, "its time stamp is %.3f s before that of the frame before", -step));
        }
        if (step > Math.max(LEAST_GAP, FRAMES_IN_A_GAP * frameDuration)) {
            gaps++;
            return Optional.of(String.format(Locale.ROOT, "there is a gap of %.3f s before it", step));
        }
        return Optional.empty();
    }

    /** A sentence about all frames so far, if there is anything to say. */
    Optional<String> summary() {
        if (missing + backward + gaps + concealed == 0) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Of the frames, %d have damage that the decoder painted over, %d no time"
                        + " stamp, %d one not after the frame before, and %d follow a gap; the ledger names them.",
                concealed,
                missing,
                backward,
                gaps));
    }
}

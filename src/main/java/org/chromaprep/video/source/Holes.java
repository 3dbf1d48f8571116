package org.chromaprep.video.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.video.ReadResult.LostFrame;

/**
 * Finds pictures that a container did not deliver in the midst of a film. A longer step between two pictures may be meant; it
 * is a hole where the container was damaged just before.
 */
final class Holes {
    /** Packets until the pictures on both sides of a damaged place have been shown. */
    private static final long FAR = 32;
    private static final int STEPS = 4;
    private static final long MOST_LINES = 10_000;

    private final double frameSeconds;
    private final double[] steps = new double[STEPS];
    private int shown;
    private Optional<String> doubt = Optional.empty();
    private long until;
    private long reported;

    Holes(double frameSeconds) {
        this.frameSeconds = frameSeconds;
    }

    /** Something is wrong before the packet of that number. */
    void doubt(String reason, long packet) {
        doubt = Optional.of(reason);
        until = packet + FAR;
    }

    /** A picture is reported as lost by others. */
    void reported() {
        reported++;
    }

    /**
     * A picture is shown.
     *
     * @param packet the number of the packet that it came from
     * @param before when the picture before it was shown, in film seconds
     * @param now when it is shown
     * @return the pictures that are missing before it
     */
    List<LostFrame> before(long packet, double before, double now) {
        var step = frameSeconds;
        for (var each : steps) {
            step = Math.max(step, each);
        }
        var lost = new ArrayList<LostFrame>();
        var missing = Math.round((now - before) / step) - 1 - reported;
        if (shown > 0 && doubt.isPresent() && packet <= until && missing > 0) {
            if (missing > MOST_LINES) {
                lost.add(line(before + step, "about " + missing + " pictures are missing here"));
            } else {
                for (var i = reported + 1; i <= reported + missing; i++) {
                    lost.add(line(before + i * step, "a picture is missing here"));
                }
            }
        } else if (shown > 0) {
            steps[shown % STEPS] = now - before;
        }
        if (packet > until) {
            doubt = Optional.empty();
        }
        shown++;
        reported = 0;
        return lost;
    }

    private LostFrame line(double seconds, String what) {
        return new LostFrame(OptionalDouble.of(seconds), OptionalLong.empty(), what + ": " + doubt.orElseThrow());
    }
}

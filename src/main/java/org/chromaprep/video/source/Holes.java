package org.chromaprep.video.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.chromaprep.video.ReadResult.LostFrame;

/**
 * Finds pictures that a container did not deliver in the midst of a film. A longer step between two pictures may be meant; it
 * is a hole where the container was damaged just before.
 */
final class Holes {
    /** Packets until the pictures on both sides of a damaged place have been shown. */
    private static final long FAR = 32;

    private static final int STEPS = 12;
    /** How far a step of a regular film may be from the usual one, as a share of it. */
    private static final double IRREGULAR = 0.1;

    private static final long MOST_LINES = 10_000;

    private final double frameSeconds;
    private final boolean regular;
    private final double[] steps = new double[STEPS];
    private int shown;
    private Optional<String> doubt = Optional.empty();
    private long until;
    private final TreeSet<Double> reported = new TreeSet<>();
    private long reportedAnywhere;

    /**
     * @param frameSeconds a picture's usual duration
     * @param regular whether the codec and the container know no other
     */
    Holes(double frameSeconds, boolean regular) {
        this.frameSeconds = frameSeconds;
        this.regular = regular;
    }

    /** Something is wrong before the packet of that number. */
    void doubt(String reason, long packet) {
        doubt = Optional.of(reason);
        until = packet + FAR;
    }

    void save(DataOutput out) throws IOException {
        for (var step : steps) {
            out.writeDouble(step);
        }
        out.writeInt(shown);
        Keeping.write(out, doubt);
        out.writeLong(until);
        out.writeInt(reported.size());
        for (var each : reported) {
            out.writeDouble(each);
        }
        out.writeLong(reportedAnywhere);
    }

    /** Takes over what another one has saved. */
    void restore(DataInput in) throws IOException {
        for (var i = 0; i < STEPS; i++) {
            steps[i] = in.readDouble();
        }
        shown = in.readInt();
        doubt = Keeping.text(in);
        until = in.readLong();
        reported.clear();
        for (var left = in.readInt(); left > 0; left--) {
            reported.add(in.readDouble());
        }
        reportedAnywhere = in.readLong();
    }

    /** A picture is reported as lost by others, at that film time as far as known. */
    void reported(OptionalDouble seconds) {
        seconds.ifPresentOrElse(reported::add, () -> reportedAnywhere++);
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
        var known = reportedAnywhere
                + reported.subSet(before + step / 2, Math.max(before + step / 2, now - step / 2))
                        .size();
        var missing = Math.round((now - before) / step) - 1 - known;
        var reason = doubt.filter(said -> packet <= until).or(this::irregular);
        if (shown > 0 && reason.isPresent() && missing > 0) {
            if (missing > MOST_LINES) {
                lost.add(line(reason.get(), before + step, "about " + missing + " pictures are missing here"));
            } else {
                for (var i = known + 1; i <= known + missing; i++) {
                    lost.add(line(reason.get(), before + i * step, "a picture is missing here"));
                }
            }
        } else if (shown > 0) {
            steps[shown % STEPS] = now - before;
        }
        if (packet > until) {
            doubt = Optional.empty();
        }
        shown++;
        reported.headSet(now, true).clear();
        reportedAnywhere = 0;
        return lost;
    }

    // All steps so far were alike, and by the film's kind they have to be.
    private Optional<String> irregular() {
        for (var step : steps) {
            if (!regular || Math.abs(step - frameSeconds) > IRREGULAR * frameSeconds) {
                return Optional.empty();
            }
        }
        return Optional.of("its codec has pictures at a constant rate only");
    }

    private static LostFrame line(String reason, double seconds, String what) {
        return new LostFrame(OptionalDouble.of(seconds), OptionalLong.empty(), what + ": " + reason);
    }
}

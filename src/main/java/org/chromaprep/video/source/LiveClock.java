package org.chromaprep.video.source;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The time of a recording that several connections to one source make. Each connection's own clock is laid on the seconds
 * that have passed since the first frame, so that a gap is as long in the recording as it was.
 */
final class LiveClock {
    /** Ticks a second of the recording's time stamps, as MPEG-TS and RTP have them. */
    static final int RATE = 90_000;

    /** A stream's clock may be late or early by so much without having jumped. */
    private static final double BACK = 1;

    private static final double AHEAD = 10;

    private static final double NANO = 1e9;
    private static final double TICK = 1.0 / RATE;

    private OptionalLong begin = OptionalLong.empty();
    private long lastArrival;
    private double lastInner;
    private double shift;
    private double last = -TICK;
    private boolean connected;

    /** The next frame belongs to another connection. */
    void reconnect() {
        connected = false;
    }

    /**
     * Gives a frame its time.
     *
     * @param inner its seconds by the connection's clock
     * @param now when it came, by {@link System#nanoTime}
     * @param byArrival whether the connection has no clock, so that the arrival counts
     * @return by how many seconds the connection's clock jumped before this frame; empty if it did not
     */
    OptionalDouble accept(double inner, long now, boolean byArrival) {
        if (begin.isEmpty()) {
            begin = OptionalLong.of(now);
        }
        var wall = (now - begin.getAsLong()) / NANO;
        var own = byArrival ? wall : inner;
        var step = own - lastInner;
        var jumped = connected && (step < -BACK || step > AHEAD + (now - lastArrival) / NANO);
        if (!connected || jumped) {
            shift = wall - own;
            connected = true;
        }
        last = Math.max(own + shift, last + TICK);
        lastInner = own;
        lastArrival = now;
        return jumped ? OptionalDouble.of(step) : OptionalDouble.empty();
    }

    /** The time of the last frame accepted, in seconds since the first one. */
    double seconds() {
        return Math.max(0, last);
    }

    /** The time stamp of the last frame accepted. */
    long pts() {
        return Math.round(seconds() * RATE);
    }
}

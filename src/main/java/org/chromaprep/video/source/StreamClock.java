package org.chromaprep.video.source;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Rational;

/** Seconds since a stream's start, as players count them: the stream's first time stamp is second 0. */
final class StreamClock {
    private final double tick;
    private final double frameDuration;
    private OptionalLong start;
    private double last;
    private boolean started;

    /**
     * @param timeBase seconds a tick
     * @param rate frames a second, for frames without a time stamp
     * @param start the time stamp of second 0; empty for that of the first frame which has one
     */
    StreamClock(Rational timeBase, Rational rate, OptionalLong start) {
        tick = timeBase.value();
        frameDuration = 1 / rate.value();
        this.start = start;
    }

    /** The clock of a container's video stream. */
    static StreamClock of(OpenInput media) {
        return new StreamClock(
                StreamFacts.timeBase(media),
                StreamFacts.frameRate(media),
                known(media.stream().start_time()));
    }

    /** A time stamp, unless it is FFmpeg's sign for none. */
    static OptionalLong known(long pts) {
        return pts == avutil.AV_NOPTS_VALUE() ? OptionalLong.empty() : OptionalLong.of(pts);
    }

    /** The time of the next frame shown; where it has no time stamp, one frame duration after the frame before. */
    double next(OptionalLong pts) {
        if (pts.isPresent()) {
            if (start.isEmpty()) {
                start = pts;
            }
            last = seconds(pts).getAsDouble();
        } else if (started) {
            last += frameDuration;
        }
        started = true;
        return last;
    }

    /** The time of a time stamp, if the start is known. */
    OptionalDouble seconds(OptionalLong pts) {
        return pts.isPresent() && start.isPresent()
                ? OptionalDouble.of((pts.getAsLong() - start.getAsLong()) * tick)
                : OptionalDouble.empty();
    }

    /** The time stamp of second 0; 0 where there are none. */
    long startPts() {
        return start.orElse(0);
    }
}

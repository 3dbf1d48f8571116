package org.chromaprep.video.source;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.global.avutil;

/** Seconds since a stream's start, as players count them: the stream's first time stamp is second 0. */
final class StreamClock {
    private final double tick;
    private final double frameDuration;
    private OptionalLong start;
    private double last;
    private boolean started;

    StreamClock(OpenInput media) {
        tick = avutil.av_q2d(media.stream().time_base());
        frameDuration = 1 / StreamFacts.frameRate(media).value();
        start = known(media.stream().start_time());
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

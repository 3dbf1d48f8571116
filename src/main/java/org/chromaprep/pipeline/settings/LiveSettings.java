package org.chromaprep.pipeline.settings;

import java.time.Duration;
import java.util.Optional;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;

/**
 * How cameras and streams are watched.
 *
 * @param capture how they are opened
 * @param live whether every input is watched as if it happened now
 * @param drop what happens when frames come faster than they are processed; empty for what the input asks for
 * @param maxLatency the time from capture to written above which less is done for each frame
 * @param duration how long inputs that happen now and the standard input are watched, and how much of others is read;
 *     empty for as long as they last
 * @param recording how the annotated video is recorded as it happens; empty for one video at the end
 * @param desk where runs are watched while they run; empty for nowhere
 */
public record LiveSettings(
        CaptureOptions capture,
        boolean live,
        Optional<Drop> drop,
        Optional<Duration> maxLatency,
        Optional<Duration> duration,
        Optional<Recording> recording,
        Optional<RunMonitor> desk) {
    /** What happens when frames come faster than they are processed. */
    public enum Drop {
        /** The oldest frame that waits gives way to the newest; the source never waits. */
        OLDEST,
        /** The source waits. */
        NEVER
    }

    /** The usual ways. */
    public static final LiveSettings DEFAULT = new LiveSettings(
            CaptureOptions.DEFAULT,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Whether an input is watched as it happens. What knows its length, such as a film on a web server, does not happen now. */
    public boolean isLive(SourceInput input, SourceInfo info) {
        return live || input.live() && info.durationSeconds().isEmpty();
    }

    /** How much of a film is read, by its own time; empty for all, or where the clock on the wall decides. */
    public Optional<Duration> lengthOfFilm(SourceInput input, SourceInfo info) {
        return duration.filter(each -> !isLive(input, info) && !input.maySleep());
    }

    /** Whether frames of an input may be dropped. */
    public boolean drops(SourceInput input, SourceInfo info) {
        return drop.map(Drop.OLDEST::equals).orElseGet(() -> isLive(input, info));
    }
}

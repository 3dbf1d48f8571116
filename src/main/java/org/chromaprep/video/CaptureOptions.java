package org.chromaprep.video;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How cameras and streams are opened, and what happens when they fall silent.
 *
 * @param connectTimeout how long a source may take until its first picture's description is there
 * @param readTimeout how long a source may send nothing before it counts as gone
 * @param reconnects how often in a row a source that went away is tried again; empty for ever, 0 never
 * @param realtime whether films are read no faster than they play
 * @param cameraSize a camera's picture, as {@code 1280x720}; empty for its own choice
 * @param cameraRate a camera's frames a second; empty for its own choice
 * @param cameraFormat a camera's pixel format or codec, as FFmpeg names it; empty for its own choice
 */
public record CaptureOptions(
        Duration connectTimeout,
        Duration readTimeout,
        OptionalInt reconnects,
        boolean realtime,
        Optional<String> cameraSize,
        OptionalDouble cameraRate,
        Optional<String> cameraFormat) {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
    private static final int USUAL_RECONNECTS = 10;

    /** Ten seconds of patience and ten attempts, the camera's own choices, films as fast as can be. */
    public static final CaptureOptions DEFAULT = new CaptureOptions(
            USUAL_PATIENCE,
            USUAL_PATIENCE,
            OptionalInt.of(USUAL_RECONNECTS),
            false,
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty());

    /**
     * @throws IllegalArgumentException if a time, a number of attempts or a rate is out of range
     */
    public CaptureOptions {
        if (connectTimeout.isZero()
                || connectTimeout.isNegative()
                || readTimeout.isZero()
                || readTimeout.isNegative()) {
            throw new IllegalArgumentException("`connect-timeout` and `read-timeout` must be above 0 seconds.");
        }
        if (reconnects.isPresent() && reconnects.getAsInt() < 0) {
            throw new IllegalArgumentException("`reconnect` must be at least 0, not " + reconnects.getAsInt() + ".");
        }
        if (cameraRate.isPresent() && !(cameraRate.getAsDouble() > 0)) {
            throw new IllegalArgumentException("`camera-fps` must be above 0, not " + cameraRate.getAsDouble() + ".");
        }
    }
}

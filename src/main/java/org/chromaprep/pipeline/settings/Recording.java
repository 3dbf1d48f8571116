package org.chromaprep.pipeline.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a live run's annotated video is recorded: as films of their own, one after another.
 *
 * @param segmentTime after which a film ends and the next begins
 * @param segmentBytes after which a film ends and the next begins
 * @param keep bytes that all films may take; the oldest are deleted
 */
public record Recording(Optional<Duration> segmentTime, OptionalLong segmentBytes, OptionalLong keep) {
    /**
     * @throws IllegalArgumentException if a limit is not above 0, or less is kept than a segment takes
     */
    public Recording {
        if (segmentTime.filter(time -> time.isZero() || time.isNegative()).isPresent()
                || segmentBytes.isPresent() && segmentBytes.getAsLong() < 1) {
            throw new IllegalArgumentException("`segment` must be above 0.");
        }
        if (keep.isPresent() && keep.getAsLong() < segmentBytes.orElse(1)) {
            throw new IllegalArgumentException("`keep` must be at least as much as a `segment` takes.");
        }
    }
}

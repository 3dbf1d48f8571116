package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencyLadderTest {
    private static final Duration LIMIT = Duration.ofMillis(100);

    private static void write(LatencyLadder ladder, int frames, Duration latency) {
        for (var frame = 0; frame < frames; frame++) {
            ladder.written(latency.toNanos());
        }
    }

    @Test
    void withoutALimitEverythingIsDone() {
        var ladder = new LatencyLadder(Optional.empty());
        write(ladder, 1000, Duration.ofHours(1));
        assertThat(ladder.mostInTheWorks(4)).isEqualTo(4);
        assertThat(ladder.leavesAverageOut()).isFalse();
        assertThat(ladder.notes()).isEmpty();
    }

    @Test
    void lateFramesTakeOneStepAfterAnother() {
        var ladder = new LatencyLadder(Optional.of(LIMIT));
        write(ladder, 16, LIMIT.multipliedBy(2));
        assertThat(ladder.mostInTheWorks(4)).isEqualTo(1);
        assertThat(ladder.leavesAverageOut()).isFalse();
        write(ladder, 16, LIMIT.multipliedBy(2));
        assertThat(ladder.leavesAverageOut()).isTrue();
        write(ladder, 1, LIMIT.multipliedBy(2));
        assertThat(ladder.notes())
                .containsExactly("To stay within `max-latency`, 17 frames were processed one at a time,"
                        + " 1 of them without the average.");
    }

    @Test
    void stepsAreTakenBackOnlyAfterManyEarlyFrames() {
        var ladder = new LatencyLadder(Optional.of(LIMIT));
        write(ladder, 32, LIMIT.multipliedBy(2));
        write(ladder, 63, LIMIT.dividedBy(4));
        assertThat(ladder.leavesAverageOut()).isTrue();
        write(ladder, 1, LIMIT.dividedBy(4));
        assertThat(ladder.leavesAverageOut()).isFalse();
        assertThat(ladder.mostInTheWorks(4)).isEqualTo(1);
        write(ladder, 64, LIMIT.dividedBy(4));
        assertThat(ladder.mostInTheWorks(4)).isEqualTo(4);
    }
}

package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LiveClockTest {
    private static final long SECOND = 1_000_000_000;

    private final LiveClock clock = new LiveClock();

    @Test
    void insideAConnectionItsOwnClockCounts() {
        clock.accept(7, 5 * SECOND, false);
        assertThat(clock.seconds()).isZero();
        clock.accept(7.04, 5 * SECOND + 1, false);
        assertThat(clock.seconds()).isCloseTo(0.04, within(1e-9));
        assertThat(clock.pts()).isEqualTo(3600);
    }

    @Test
    void aGapIsAsLongAsItWas() {
        clock.accept(100, 0, false);
        clock.reconnect();
        clock.accept(3, 20 * SECOND, false);
        assertThat(clock.seconds()).isCloseTo(20, within(1e-9));
    }

    @Test
    void aClockThatJumpsIsLaidOnTheTimeThatPassed() {
        clock.accept(100, 0, false);
        assertThat(clock.accept(2, SECOND, false)).hasValue(-98);
        assertThat(clock.seconds()).isCloseTo(1, within(1e-9));
        assertThat(clock.accept(2000, 2 * SECOND, false)).hasValue(1998);
        assertThat(clock.seconds()).isCloseTo(2, within(1e-9));
    }

    @Test
    void timesAlwaysRise() {
        clock.accept(1, 0, false);
        clock.accept(1.5, SECOND, false);
        var pts = clock.pts();
        assertThat(clock.accept(1.2, SECOND, false)).isEmpty();
        assertThat(clock.pts()).isGreaterThan(pts);
    }

    @Test
    void withoutAClockTheArrivalCounts() {
        clock.accept(0, 0, true);
        clock.accept(0.04, 3 * SECOND, true);
        assertThat(clock.seconds()).isCloseTo(3, within(1e-9));
    }
}

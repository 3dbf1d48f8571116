package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AwakeClockTest {
    private final AtomicLong system = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AwakeClock clock = new AwakeClock(system::get, Duration.ofSeconds(1));

    private void after(Duration time) {
        system.addAndGet(time.toNanos());
    }

    @Test
    void countsWhatPassesWhileSomebodyWaits() {
        for (var look = 0; look < 450; look++) {
            after(Duration.ofMillis(100));
            clock.passed();
        }
        assertThat(clock.passed()).isEqualTo(Duration.ofSeconds(45).toNanos());
        assertThat(clock.isOver(Duration.ofSeconds(45))).isFalse();
        assertThat(clock.isOver(Duration.ofMillis(44_999))).isTrue();
    }

    @Test
    void aSuspensionCountsAsOneLookHoweverLongItWas() {
        after(Duration.ofMillis(100));
        clock.passed();
        after(Duration.ofDays(3));
        assertThat(clock.isOver(Duration.ofSeconds(2))).isFalse();
        after(Duration.ofMinutes(1));
        assertThat(clock.passed()).isEqualTo(Duration.ofMillis(2_100).toNanos());
    }

    @Test
    void beginsAnewWhenSomethingWasDone() {
        after(Duration.ofMillis(900));
        clock.restart();
        after(Duration.ofMillis(200));
        assertThat(clock.passed()).isEqualTo(Duration.ofMillis(200).toNanos());
    }
}

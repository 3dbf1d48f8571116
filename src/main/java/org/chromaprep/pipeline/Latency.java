package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long live frames take from capture to written: as the metric {@code chromaprep.latency} with recent percentiles, and
 * over the whole run. Written by one thread.
 */
final class Latency {
    /** How the sentence on the whole run begins. */
    static final String NOTE = "Latency from capture to written";

    private static final long LONGEST = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1000;
    private static final double[] PERCENTILES = {0.5, 0.95, 0.99};

    private final Timer timer;
    private final Histogram whole = new Histogram(LONGEST, DIGITS);

    Latency(MeterRegistry registry) {
        timer = Timer.builder("chromaprep.latency")
                .description("Time of live frames from capture to written")
                .publishPercentiles(PERCENTILES)
                .register(registry);
    }

    void written(long nanoseconds) {
        timer.record(nanoseconds, TimeUnit.NANOSECONDS);
        whole.recordValue(Math.min(LONGEST, TimeUnit.NANOSECONDS.toMicros(nanoseconds)));
    }

    /** A sentence on the whole run; none if nothing was written. */
    List<String> notes() {
        return whole.getTotalCount() == 0
                ? List.of()
                : List.of(NOTE
                        + String.format(
                                Locale.ROOT,
                                " over %d frames: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, at most %.1f ms.",
                                whole.getTotalCount(),
                                millis(50),
                                millis(95),
                                millis(99),
                                millis(100)));
    }

    private double millis(double percentile) {
        return whole.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
}

package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures how long each stage of one film's run works on frames, without its waiting; the registry's timers are those of all
 * films. Safe for use by several threads.
 */
final class StageTimes {
    private static final double NANO = 1e9;

    private final Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
    private final Map<Stage, LongAdder> own = new EnumMap<>(Stage.class);

    StageTimes(MeterRegistry registry) {
        for (var stage : Stage.values()) {
            var timer = Timer.builder("chromaprep.stage")
                    .description("Time a stage works on frames")
                    .tag("stage", stage.metricName())
                    .register(registry);
            timers.put(stage, timer);
            own.put(stage, new LongAdder());
        }
    }

    void add(Stage stage, long nanoseconds) {
        Objects.requireNonNull(timers.get(stage)).record(nanoseconds, TimeUnit.NANOSECONDS);
        Objects.requireNonNull(own.get(stage)).add(nanoseconds);
    }

    /** Seconds that each stage has worked since this object was made, all its threads together. */
    Map<String, Double> seconds() {
        var seconds = new LinkedHashMap<String, Double>();
        own.forEach((stage, worked) -> seconds.put(stage.metricName(), worked.sum() / NANO));
        return seconds;
    }
}

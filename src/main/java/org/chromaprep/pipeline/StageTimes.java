package org.chromaprep.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures how long each stage works on frames, without its waiting. Safe for use by several threads. */
final class StageTimes {
    private final Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
    private final Map<Stage, Double> before = new EnumMap<>(Stage.class);

    StageTimes(MeterRegistry registry) {
        for (var stage : Stage.values()) {
            var timer = Timer.builder("chromaprep.stage")
                    .description("Time a stage works on frames")
                    .tag("stage", stage.metricName())
                    .register(registry);
            timers.put(stage, timer);
            before.put(stage, timer.totalTime(TimeUnit.SECONDS));
        }
    }

    void add(Stage stage, long nanoseconds) {
        timers.get(stage).record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /** Seconds that each stage has worked since this object was made, all its threads together. */
    Map<String, Double> seconds() {
        var seconds = new LinkedHashMap<String, Double>();
        timers.forEach((stage, timer) ->
                seconds.put(stage.metricName(), timer.totalTime(TimeUnit.SECONDS) - before.get(stage)));
        return seconds;
    }
}

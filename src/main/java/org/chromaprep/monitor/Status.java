package org.chromaprep.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chromaprep.pipeline.watch.RunMonitor;

/** What {@code /api/status} says, as a map for JSON. */
final class Status {
    private final RunMonitor desk;
    private final MeterRegistry registry;

    Status(RunMonitor desk, MeterRegistry registry) {
        this.desk = desk;
        this.registry = registry;
    }

    Map<String, Object> now(int viewers) {
        var status = new LinkedHashMap<String, Object>();
        desk.shape().ifPresent(shape -> {
            status.put("name", shape.name());
            status.put("layers", shape.layers());
            status.put("changeable", shape.changeable());
            status.put("panels", shape.panels());
            status.put("panel_share", shape.panelShare());
        });
        desk.look().ifPresent(look -> status.put("look", look));
        status.put("ledger", desk.counts());
        desk.way().ifPresent(way -> status.put("goes_to", Map.of("frame", way.until(), "at", way.frame())));
        status.put("silence_seconds", desk.silence());
        status.put("viewers", viewers);
        var latency = new LinkedHashMap<String, Object>();
        Optional.ofNullable(registry.find("chromaprep.latency").timer())
                .map(Timer::takeSnapshot)
                .ifPresent(snapshot -> {
                    for (var value : snapshot.percentileValues()) {
                        latency.put("p" + Math.round(100 * value.percentile()), value.value(TimeUnit.MILLISECONDS));
                    }
                });
        status.put("latency_ms", latency);
        Optional.ofNullable(registry.find("chromaprep.ring.free").gauge())
                .ifPresent(gauge -> status.put("ring_free", gauge.value()));
        var stages = new LinkedHashMap<String, Object>();
        registry.find("chromaprep.stage")
                .timers()
                .forEach(timer -> stages.put(
                        timer.getId().getTag("stage"),
                        Map.of("seconds", timer.totalTime(TimeUnit.SECONDS), "count", timer.count())));
        status.put("stages", stages);
        return status;
    }
}

package org.chromaprep.monitor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
        run().ifPresent(run -> status.put("run", run));
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

    // Of a run over several films, where its command measures it.
    private Optional<Map<String, Object>> run() {
        var films = gauge("chromaprep.run.films");
        if (films.orElse(0) < 2) {
            return Optional.empty();
        }
        var run = new LinkedHashMap<String, Object>();
        gauge("chromaprep.run.film").ifPresent(film -> run.put("film", Math.round(film)));
        run.put("films", Math.round(films.getAsDouble()));
        gauge("chromaprep.run.done").ifPresent(done -> run.put("done", done));
        gauge("chromaprep.run.end").ifPresent(end -> run.put("end", end));
        return Optional.of(run);
    }

    /** What is measured; empty if nobody does, or nobody knows. */
    private OptionalDouble gauge(String name) {
        return Optional.ofNullable(registry.find(name).gauge()).map(Gauge::value).filter(Double::isFinite).stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }
}

package org.chromaprep.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Optional;
import org.chromaprep.monitor.MetricsServer;

/** The run's metrics, and where they are asked for the endpoint that Prometheus reads on 127.0.0.1. */
final class Metrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final Optional<MetricsServer> server;

    private Metrics(MeterRegistry registry, Optional<MetricsServer> server) {
        this.registry = registry;
        this.server = server;
    }

    /**
     * @param port of an endpoint of their own; empty for none
     * @param watched whether the monitor page offers them
     * @throws UsageException if the port cannot be used
     */
    static Metrics open(Optional<Integer> port, boolean watched) {
        if (port.isEmpty()) {
            return new Metrics(
                    watched ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT) : new SimpleMeterRegistry(),
                    Optional.empty());
        }
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            return new Metrics(prometheus, Optional.of(MetricsServer.open(port.get(), prometheus::scrape)));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "--metrics-port " + port.get() + " cannot be used (" + e.getMessage() + "); choose another.");
        }
    }

    /** The metrics as Prometheus reads them; empty if nobody was to read them. */
    String scrape() {
        return registry instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape() : "";
    }

    MeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        server.ifPresent(MetricsServer::close);
        registry.close();
    }
}

package org.chromaprep.cli;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The run's metrics, and where they are asked for the endpoint that Prometheus reads on 127.0.0.1. */
final class Metrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final Optional<HttpServer> server;

    private Metrics(MeterRegistry registry, Optional<HttpServer> server) {
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
            return new Metrics(watched ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT) : new SimpleMeterRegistry(),
                    Optional.empty());
        }
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get()), 0);
            server.createContext("/metrics", exchange -> {
                var body = prometheus.scrape().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, body.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            server.start();
            return new Metrics(prometheus, Optional.of(server));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("--metrics-port " + port.get() + " cannot be used (" + e.getMessage()
                    + "); choose another.");
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
        server.ifPresent(each -> each.stop(0));
        registry.close();
    }
}

package org.chromaprep.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.function.Supplier;
import org.chromaprep.pipeline.watch.RunMonitor;

/**
 * The HTTP server of the monitor, where nobody makes the run or another visitor wait: pictures are written without blocking, and
 * what a viewer does not take in time is replaced by the next. Whoever opened it closes it.
 */
public final class MonitorServer implements AutoCloseable {
    private final HttpDoor door;
    private final Broadcaster broadcaster;

    private MonitorServer(HttpDoor door, Broadcaster broadcaster) {
        this.door = door;
        this.broadcaster = broadcaster;
    }

    /**
     * Starts listening.
     *
     * @param options where, and for whom
     * @param desk where the runs show themselves
     * @param registry of the runs' metrics
     * @param metrics the same as Prometheus reads them
     * @throws IOException if the address cannot be listened on
     */
    public static MonitorServer open(
            MonitorOptions options, RunMonitor desk, MeterRegistry registry, Supplier<String> metrics)
            throws IOException {
        return open(options, Visitors.Limits.usual(), desk, registry, metrics);
    }

    /** As the other one, with other limits. */
    static MonitorServer open(
            MonitorOptions options,
            Visitors.Limits limits,
            RunMonitor desk,
            MeterRegistry registry,
            Supplier<String> metrics)
            throws IOException {
        var broadcaster = new Broadcaster(desk);
        try {
            return new MonitorServer(
                    HttpDoor.open(
                            options.host(),
                            options.port(),
                            limits,
                            presence -> new MonitorHandler(
                                    desk,
                                    new Access(options),
                                    new Page(),
                                    broadcaster,
                                    new Status(desk, registry),
                                    metrics,
                                    presence)),
                    broadcaster);
        } catch (IOException | RuntimeException e) {
            broadcaster.close();
            throw e;
        }
    }

    /** The port that is listened on. */
    public int port() {
        return door.port();
    }

    @Override
    public void close() {
        broadcaster.close();
        door.close();
    }
}

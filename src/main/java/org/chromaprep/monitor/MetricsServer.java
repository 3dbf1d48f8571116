package org.chromaprep.monitor;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The HTTP server that Prometheus reads a run's metrics from, on this machine's own address. Whoever opened it closes it. */
public final class MetricsServer implements AutoCloseable {
    private final HttpDoor door;

    private MetricsServer(HttpDoor door) {
        this.door = door;
    }

    /**
     * Starts listening.
     *
     * @param port the port; 0 for any that is free
     * @param metrics as Prometheus reads them
     * @throws IOException if the port cannot be listened on
     * @throws IllegalArgumentException if there is no such port
     */
    public static MetricsServer open(int port, Supplier<String> metrics) throws IOException {
        var access = new Access(new MonitorOptions(MonitorOptions.THIS_MACHINE, port, Optional.empty()));
        return new MetricsServer(HttpDoor.open(
                MonitorOptions.THIS_MACHINE, port, Visitors.Limits.usual(), presence -> new Metrics(access, metrics)));
    }

    private static final class Metrics extends Handler.Abstract.NonBlocking {
        private final Access access;
        private final Supplier<String> metrics;

        Metrics(Access access, Supplier<String> metrics) {
            this.access = access;
            this.metrics = metrics;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Answers.guard(response);
            var refusal = access.refusal(request);
            if (refusal.isPresent()) {
                return Answers.text(response, callback, 403, refusal.get());
            }
            if (!Request.getPathInContext(request).equals("/metrics")) {
                return Answers.text(response, callback, 404, "There is nothing here but /metrics.");
            }
            if (!request.getMethod().equals("GET")) {
                return Answers.text(response, callback, 405, "Only GET is answered here.");
            }
            return Answers.answer(response, callback, 200, Answers.METRICS, metrics.get());
        }
    }

    /** The port that is listened on. */
    public int port() {
        return door.port();
    }

    @Override
    public void close() {
        door.close();
    }
}

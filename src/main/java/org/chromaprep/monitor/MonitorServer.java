package org.chromaprep.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.function.Supplier;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server of the monitor. Its threads are few and never wait for a viewer or for the run: pictures are written
 * without blocking, and what a viewer does not take in time is replaced by the next. Whoever opened it closes it.
 */
public final class MonitorServer implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int MOST_CONNECTIONS = 200;
    private static final int MOST_HEADER = 8_192;
    private static final long IDLE_MILLIS = 20_000;
    /** Room for a few pictures: what the system buffers beyond that, a slow viewer would only see late. */
    private static final int SEND_BUFFER = 1 << 17;

    private final Server server;
    private final ServerConnector connector;
    private final Broadcaster broadcaster;

    private MonitorServer(Server server, ServerConnector connector, Broadcaster broadcaster) {
        this.server = server;
        this.connector = connector;
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
    public static MonitorServer open(MonitorOptions options, RunMonitor desk, MeterRegistry registry, Supplier<String> metrics)
            throws IOException {
        var threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("chromaprep-http");
        threads.setDaemon(true);
        var server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MOST_HEADER);
        http.setIdleTimeout(IDLE_MILLIS);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        server.setErrorHandler(MonitorServer::error);
        var broadcaster = new Broadcaster(desk);
        server.setHandler(new MonitorHandler(desk, new Access(options), new Page(), broadcaster,
                new Status(desk, registry), metrics));
        try {
            server.start();
            return new MonitorServer(server, connector, broadcaster);
        } catch (Exception e) {
            broadcaster.close();
            stop(server);
            throw new IOException(e.getMessage(), e);
        }
    }

    // No answer tells what went wrong inside.
    private static boolean error(Request request, Response response, Callback callback) {
        return MonitorHandler.answer(response, callback, response.getStatus(), "text/plain; charset=utf-8",
                "This request is not answered.");
    }

    /** The port that is listened on. */
    public int port() {
        return connector.getLocalPort();
    }

    private static void stop(Server server) {
        try {
            server.setStopTimeout(0);
            server.stop();
        } catch (Exception e) {
            // Its threads are daemons and its sockets this process's: both end with it.
            server.destroy();
        }
    }

    @Override
    public void close() {
        broadcaster.close();
        stop(server);
    }
}

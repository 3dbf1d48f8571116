package org.chromaprep.monitor;

import java.io.IOException;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * An HTTP server as all of this room's are: its threads are few and never wait for a visitor or for the run, what visitors send is
 * read without blocking, and {@link Visitors} who send it slowly lock nobody out. Whoever opened it closes it.
 */
final class HttpDoor implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int MOST_HEADER = 8_192;
    private static final int BACKLOG = 1_024;
    private static final long IDLE_MILLIS = 20_000;
    /** Room for a few pictures: what the system buffers beyond that, a slow viewer would only see late. */
    private static final int SEND_BUFFER = 1 << 17;

    private final Server server;
    private final ServerConnector connector;

    private HttpDoor(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Makes a handler that gives visitors' limits what it does. */
    interface Handlers extends Function<Presence, Handler> {}

    /**
     * Starts listening.
     *
     * @param host the address to listen on
     * @param port the port; 0 for any that is free
     * @param handlers answer
     * @throws IOException if the address cannot be listened on
     */
    static HttpDoor open(String host, int port, Visitors.Limits limits, Handlers handlers) throws IOException {
        var threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("chromaprep-http");
        threads.setDaemon(true);
        var scheduler = new ScheduledExecutorScheduler("chromaprep-http-clock", true);
        var server = new Server(threads, scheduler, null);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MOST_HEADER);
        http.setIdleTimeout(IDLE_MILLIS);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        server.addConnector(connector);
        server.setErrorHandler(HttpDoor::error);
        var visitors = new Visitors(limits, scheduler);
        visitors.setHandler(handlers.apply(visitors));
        connector.addBean(visitors, false);
        server.setHandler(visitors);
        try {
            server.start();
            return new HttpDoor(server, connector);
        } catch (Exception e) {
            stop(server);
            throw new IOException(e.getMessage(), e);
        }
    }

    // No answer says what went wrong inside.
    private static boolean error(Request request, Response response, Callback callback) {
        return Answers.text(response, callback, response.getStatus(), "This request is not answered.");
    }

    /** The port that is listened on. */
    int port() {
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
        stop(server);
    }
}

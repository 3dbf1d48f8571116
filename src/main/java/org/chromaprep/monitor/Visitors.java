package org.chromaprep.monitor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Keeps visitors who send slowly, or nothing, from locking others out. A connection <em>waits</em> until a whole request has come,
 * body included, and is <em>served</em> from then on until it is answered. Whoever waits for too long is sent away, and so is
 * who does not take an answer. Nobody is refused for those who wait: where there are too many, the newest takes the place of
 * the one that has waited longest among those of the address with the most connections. So whoever sends a request at once is
 * answered, however many drip. Safe for use by several threads.
 */
final class Visitors extends Handler.Wrapper implements Connection.Listener, Presence {
    private static final int MOST_CONNECTIONS = 300;
    /** The part of the process's file descriptors that connections may take, for the run needs some, too. */
    private static final int SHARE_OF_DESCRIPTORS = 4;

    private static final long REQUEST_MILLIS = 10_000;
    private static final long ANSWER_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 500;

    private final Limits limits;
    private final Scheduler scheduler;
    private final Map<Connection, Visitor> all = new LinkedHashMap<>();

    /**
     * What visitors may do.
     *
     * @param connections that there are at a time
     * @param requestMillis a whole request comes within so long, and so does its body
     * @param answerMillis an answer is taken within so long
     */
    record Limits(int connections, long requestMillis, long answerMillis) {
        /** As they are where nobody wants others. */
        static Limits usual() {
            return new Limits(mostConnections(), REQUEST_MILLIS, ANSWER_MILLIS);
        }

        private static int mostConnections() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    ? (int) Math.max(
                            1, Math.min(MOST_CONNECTIONS, system.getMaxFileDescriptorCount() / SHARE_OF_DESCRIPTORS))
                    : MOST_CONNECTIONS;
        }
    }

    /** A connection. */
    private static final class Visitor {
        private final String address;
        private long since;
        private State state = State.WAITS;

        Visitor(String address) {
            this.address = address;
            enter(State.WAITS);
        }

        void enter(State next) {
            state = next;
            since = System.nanoTime();
        }
    }

    private enum State {
        WAITS,
        SERVED,
        /** Answered without an end, as who watches. */
        STAYS
    }

    /** @param scheduler looks for those who take too long */
    Visitors(Limits limits, Scheduler scheduler) {
        super(true, null);
        this.limits = limits;
        this.scheduler = scheduler;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        look();
    }

    @Override
    public void onOpened(Connection connection) {
        var remote = connection.getEndPoint().getRemoteSocketAddress();
        var address = remote instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : "";
        synchronized (all) {
            all.put(connection, new Visitor(address));
        }
        tooMany().ifPresent(Visitors::sendAway);
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (all) {
            all.remove(connection);
        }
    }

    private Optional<Connection> tooMany() {
        synchronized (all) {
            if (all.size() <= limits.connections()) {
                return Optional.empty();
            }
            var counts = new HashMap<String, Integer>();
            all.values().forEach(each -> counts.merge(each.address, 1, Integer::sum));
            // In the order of their coming, so that of equals the first is the oldest.
            return all.entrySet().stream()
                    .filter(each -> each.getValue().state == State.WAITS)
                    .min(Comparator.comparingInt((Map.Entry<Connection, Visitor> each) ->
                                    -counts.getOrDefault(each.getValue().address, 0))
                            .thenComparingLong(each -> each.getValue().since))
                    .map(Map.Entry::getKey);
        }
    }

    private void look() {
        scheduler.schedule(
                () -> {
                    late().forEach(Visitors::sendAway);
                    if (isRunning()) {
                        look();
                    }
                },
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private List<Connection> late() {
        var now = System.nanoTime();
        synchronized (all) {
            return all.entrySet().stream()
                    .filter(each -> isLate(each.getValue(), now))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private boolean isLate(Visitor visitor, long now) {
        return switch (visitor.state) {
            case WAITS -> now - visitor.since > TimeUnit.MILLISECONDS.toNanos(limits.requestMillis());
            case SERVED -> now - visitor.since > TimeUnit.MILLISECONDS.toNanos(limits.answerMillis());
            case STAYS -> false;
        };
    }

    private static void sendAway(Connection connection) {
        connection.getEndPoint().close();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var connection = request.getConnectionMetaData().getConnection();
        // Whoever announces a body is served once that has come, for which there is as much time again.
        enter(connection, announcesBody(request) ? State.WAITS : State.SERVED);
        Request.addCompletionListener(request, failure -> enter(connection, State.WAITS));
        return super.handle(request, response, callback);
    }

    private static boolean announcesBody(Request request) {
        var headers = request.getHeaders();
        return headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING);
    }

    @Override
    public void hasCome(Request request) {
        enter(request.getConnectionMetaData().getConnection(), State.SERVED);
    }

    @Override
    public void stays(Request request) {
        enter(request.getConnectionMetaData().getConnection(), State.STAYS);
    }

    private void enter(Connection connection, State state) {
        synchronized (all) {
            Optional.ofNullable(all.get(connection)).ifPresent(visitor -> visitor.enter(state));
        }
    }
}

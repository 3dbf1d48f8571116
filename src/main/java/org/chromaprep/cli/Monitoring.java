package org.chromaprep.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.chromaprep.monitor.MonitorOptions;
import org.chromaprep.monitor.MonitorServer;
import org.chromaprep.pipeline.watch.RunMonitor;

/** The monitor page of a command, if it was asked for. */
final class Monitoring implements AutoCloseable {
    private static final int TOKEN_BYTES = 16;

    private final Optional<MonitorServer> server;
    private final String address;

    private Monitoring(Optional<MonitorServer> server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Opens the page.
     *
     * @param desk where runs show themselves; empty for no page
     * @throws UsageException if the port cannot be listened on
     */
    static Monitoring open(LiveOptions options, Optional<RunMonitor> desk, Metrics metrics) {
        if (desk.isEmpty()) {
            return new Monitoring(Optional.empty(), "");
        }
        var own = options.monitorHost.equals(MonitorOptions.THIS_MACHINE);
        var token = options.monitorToken.or(() -> own ? Optional.empty() : Optional.of(randomToken()));
        var where = new MonitorOptions(options.monitorHost, options.monitor.orElseThrow(), token);
        try {
            var server = MonitorServer.open(where, desk.get(), metrics.registry(), metrics::scrape);
            return new Monitoring(
                    Optional.of(server),
                    "http://" + options.monitorHost + ":" + server.port() + "/"
                            + token.map(text -> "?token=" + text).orElse(""));
        } catch (IOException e) {
            throw new UsageException(
                    "--monitor " + where.port() + " cannot be used (" + e.getMessage() + "); choose another port.");
        }
    }

    /** Says where the page is, if there is one. */
    void announce(Messages messages) {
        server.ifPresent(each -> messages.say("watch at " + address));
    }

    private static String randomToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        server.ifPresent(MonitorServer::close);
    }
}

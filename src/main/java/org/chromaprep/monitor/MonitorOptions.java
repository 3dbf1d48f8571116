package org.chromaprep.monitor;

import java.util.Optional;

/**
 * Where the monitor listens and whom it lets in.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param token what a visitor must know; empty for nothing, which only this machine's own address allows
 */
public record MonitorOptions(String host, int port, Optional<String> token) {
    /** The address that only this machine reaches. */
    public static final String THIS_MACHINE = "127.0.0.1";

    /**
     * @throws IllegalArgumentException if the port is none, or another address has no token
     */
    public MonitorOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("`monitor` takes a port of 0 to 65535, not " + port + ".");
        }
        if (!host.equals(THIS_MACHINE) && token.filter(text -> !text.isBlank()).isEmpty()) {
            throw new IllegalArgumentException(
                    "`monitor-host` " + host + " lets others in; it needs a `monitor-token`.");
        }
    }
}

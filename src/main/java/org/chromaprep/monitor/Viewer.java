package org.chromaprep.monitor;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One browser that shows the live pictures, with a box for the latest one: while a picture is on its way, newer ones only
 * replace each other. No thread ever waits for it; the server's idle time-out ends one that does not read.
 */
final class Viewer implements Callback {
    private final Response response;
    private final Callback request;
    private final Consumer<Viewer> leaves;
    private Optional<byte[]> latest = Optional.empty();
    private boolean writing;
    private boolean gone;

    /**
     * @param request completed when the viewer has gone
     * @param leaves is called then
     */
    Viewer(Response response, Callback request, Consumer<Viewer> leaves) {
        this.response = response;
        this.request = request;
        this.leaves = leaves;
    }

    /** Puts a part of the stream into the box. */
    synchronized void offer(byte[] part) {
        latest = Optional.of(part);
        send();
    }

    /** Whether it has taken all that it was offered. */
    synchronized boolean waits() {
        return !writing && !gone;
    }

    private void send() {
        if (!writing && !gone && latest.isPresent()) {
            writing = true;
            var part = latest.get();
            latest = Optional.empty();
            response.write(false, ByteBuffer.wrap(part), this);
        }
    }

    @Override
    public synchronized void succeeded() {
        writing = false;
        send();
    }

    @Override
    public void failed(Throwable cause) {
        if (leave(true)) {
            request.failed(cause);
        }
    }

    /** Ends the stream between two pictures; where one is on its way, the server's end cuts it off. */
    void close() {
        if (leave(false)) {
            request.succeeded();
        }
    }

    private boolean leave(boolean midway) {
        synchronized (this) {
            if (gone || writing && !midway) {
                return false;
            }
            gone = true;
        }
        leaves.accept(this);
        return true;
    }
}

package org.chromaprep.api;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether something of this package is still open. */
final class OpenState {
    private final String what;
    private final AtomicBoolean closed = new AtomicBoolean();

    OpenState(String what) {
        this.what = what;
    }

    void check() {
        if (closed.get()) {
            throw new IllegalStateException(what + " was closed before; open another one.");
        }
    }

    /** Whether this call is the one that closes it. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }
}

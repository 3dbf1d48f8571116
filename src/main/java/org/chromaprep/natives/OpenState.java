package org.chromaprep.natives;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether something that owns native memory is still open, so that use after its end is an exception and never a crash. Safe for
 * several threads.
 */
public final class OpenState {
    private final String what;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param what its name in sentences, as in "The engine" */
    public OpenState(String what) {
        this.what = what;
    }

    /** @throws IllegalStateException if it was closed */
    public void check() {
        if (closed.get()) {
            throw new IllegalStateException(what + " was closed before; open another one.");
        }
    }

    /** Whether this call is the one that closes it. */
    public boolean close() {
        return closed.compareAndSet(false, true);
    }
}

package org.chromaprep.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one run has made and must free: whatever was made last is closed first, and all of it, also where closing something fails. Used
 * by one thread.
 */
final class Owned implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>();

    /** Takes something over. */
    void add(Runnable closing) {
        closings.push(closing);
    }

    /** Closes everything because of a failure, to which those of closing are added. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        while (!closings.isEmpty()) {
            try {
                closings.pop().run();
            } catch (RuntimeException | Error e) {
                closeAfter(e);
                throw e;
            }
        }
    }
}

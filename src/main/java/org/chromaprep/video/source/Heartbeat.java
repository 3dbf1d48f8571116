package org.chromaprep.video.source;

import java.util.concurrent.atomic.AtomicLong;

/** Shows other threads that one is alive: it counts whatever is done between two calls of FFmpeg. */
final class Heartbeat {
    private final AtomicLong beats = new AtomicLong();

    /** One step is done. */
    void beat() {
        beats.incrementAndGet();
    }

    /** Steps so far; for any thread. */
    long beats() {
        return beats.get();
    }
}

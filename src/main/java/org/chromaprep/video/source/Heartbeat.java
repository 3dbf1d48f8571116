package org.chromaprep.video.source;

/** Tells other threads that one goes on: it counts whatever is done between two calls of FFmpeg. */
final class Heartbeat {
    private volatile long beats;

    /** One step is done; for one thread. */
    void beat() {
        beats = beats + 1;
    }

    /** Steps so far; for any thread. */
    long beats() {
        return beats;
    }
}

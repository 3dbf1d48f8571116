package org.chromaprep.pipeline;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/** The threads of one ring's stages. Safe for use by several threads. */
final class StageThreads implements ThreadFactory {
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    @Override
    public Thread newThread(Runnable work) {
        var thread = new Thread(work, "chromaprep-stage-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /**
     * Waits until all have ended, which their ring's halt makes them do: what they use may be freed only then. An interrupt of the
     * thread that waits is left for later.
     */
    void join() {
        var interrupted = false;
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

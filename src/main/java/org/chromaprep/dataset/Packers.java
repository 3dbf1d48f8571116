package org.chromaprep.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.OutputException;

/**
 * Threads that read and pack shards for the one that plans them. What each does depends on nothing that another does. Whoever made
 * it closes it, which waits for what is in hand and drops what is not begun.
 */
final class Packers implements AutoCloseable {
    private static final int LONG_DAYS = 1000;

    private final int count;
    private final ExecutorService threads;
    private volatile boolean unwanted;

    /** Something that takes long. */
    interface Work<T> {
        /** @param unwanted becomes true when nobody waits for it any more */
        T done(BooleanSupplier unwanted) throws IOException, OutputException;
    }

    /** @param count threads, at least 1 */
    Packers(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, work -> {
            var thread = new Thread(work, "chromaprep-pack");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many threads there are. */
    int count() {
        return count;
    }

    <T> Future<T> order(Work<T> work) {
        return threads.submit(() -> work.done(() -> unwanted));
    }

    /** What was ordered, or why it could not be done. */
    static <T> T await(Future<T> ordered) throws IOException, OutputException {
        try {
            return ordered.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof OutputException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new UncheckedIOException(new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the build was interrupted", e);
        }
    }

    @Override
    public void close() {
        unwanted = true;
        threads.shutdown();
        try {
            threads.awaitTermination(LONG_DAYS, TimeUnit.DAYS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

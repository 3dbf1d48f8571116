package org.chromaprep.hypercolumn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Threads that help whoever computes something that falls into pieces. What the pieces are must not depend on how many help, nor a
 * piece on another one: then neither does the result.
 *
 * <p>Used by one thread at a time; whoever made it closes it.
 */
public final class Crew implements AutoCloseable {
    /** Nobody but the calling thread. */
    public static final Crew NOBODY = new Crew(0);

    private final List<Thread> helpers = new ArrayList<>();
    private volatile Job job = new Job(0, piece -> {});
    private volatile boolean closed;

    /** @param helpers threads beside the calling one, at least 0 */
    public Crew(int helpers) {
        for (var i = 0; i < helpers; i++) {
            var helper = new Thread(this::help, "chromaprep-crew-" + i);
            helper.setDaemon(true);
            this.helpers.add(helper);
        }
        this.helpers.forEach(Thread::start);
    }

    /** How many threads help. */
    public int helpers() {
        return helpers.size();
    }

    /**
     * Does all pieces, and returns when they are done.
     *
     * @param pieces how many, from 0 on
     * @param work does one of them; its exceptions are this method's
     */
    public void share(int pieces, IntConsumer work) {
        if (helpers.isEmpty() || pieces == 1) {
            for (var piece = 0; piece < pieces; piece++) {
                work.accept(piece);
            }
            return;
        }
        var shared = new Job(pieces, work);
        job = shared;
        helpers.forEach(LockSupport::unpark);
        shared.work();
        shared.await();
    }

    private void help() {
        while (!closed) {
            job.work();
            LockSupport.park(this);
        }
    }

    @Override
    public void close() {
        closed = true;
        helpers.forEach(LockSupport::unpark);
    }

    /** Pieces that are taken one after another. */
    private static final class Job {
        private final int pieces;
        private final IntConsumer work;
        private final Thread owner = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Job(int pieces, IntConsumer work) {
            this.pieces = pieces;
            this.work = work;
            this.left = new AtomicInteger(pieces);
        }

        void work() {
            for (var piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                try {
                    work.accept(piece);
                } catch (RuntimeException | Error e) {
                    failure.set(e);
                }
                if (left.decrementAndGet() == 0) {
                    LockSupport.unpark(owner);
                }
            }
        }

        void await() {
            while (left.get() > 0) {
                LockSupport.park(this);
            }
            var thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}

package org.chromaprep.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How the threads of one ring wait for each other: asleep until what they wait for is there, and woken only then.
 *
 * <p>The Disruptor's own strategies wake no stage but the first: those behind it spin, or look again and again, which costs
 * a core that computes forwards a few percent for each stage. Here every handler signals after each event that its sequence
 * has moved on, for which it must be wrapped by {@link #telling}. Safe for use by several threads.
 */
final class SleepingWaitStrategy implements WaitStrategy {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Sleeper> sleepers = new ArrayList<>();
    private volatile boolean halted;

    private record Sleeper(BooleanSupplier wanted, Condition turn) {}

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        while (dependent.get() < sequence) {
            sleepUntil(() -> dependent.get() >= sequence || barrier.isAlerted());
            barrier.checkAlert();
        }
        return dependent.get();
    }

    @Override
    public void signalAllWhenBlocking() {
        lock.lock();
        try {
            for (var i = 0; i < sleepers.size(); i++) {
                var sleeper = sleepers.get(i);
                if (sleeper.wanted().getAsBoolean()) {
                    sleeper.turn().signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a ring with this strategy, and whatever its threads wait for. */
    void halt(Disruptor<?> ring) {
        halted = true;
        ring.halt();
        signalAllWhenBlocking();
    }

    /**
     * Waits until something is so that comes about while a handler wrapped by {@link #telling} is at work.
     *
     * @throws InterruptedException if the thread is interrupted, or the ring halted, while it waits
     */
    void awaitThat(BooleanSupplier wanted) throws InterruptedException {
        sleepUntil(() -> halted || wanted.getAsBoolean());
        if (!wanted.getAsBoolean()) {
            throw new InterruptedException("The ring was halted.");
        }
    }

    private void sleepUntil(BooleanSupplier wanted) throws InterruptedException {
        lock.lock();
        try {
            var sleeper = new Sleeper(wanted, lock.newCondition());
            sleepers.add(sleeper);
            try {
                while (!wanted.getAsBoolean()) {
                    sleeper.turn().await();
                }
            } finally {
                sleepers.remove(sleeper);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next sequence of a ring with this strategy and one publisher, who calls this and waits while the ring is full.
     *
     * @throws InterruptedException if the thread is interrupted, or the ring halted, while it waits
     */
    long claim(RingBuffer<?> ring) throws InterruptedException {
        while (true) {
            try {
                return ring.tryNext();
            } catch (InsufficientCapacityException full) {
                // The publisher publishes all it claims, so the cursor is its last sequence.
                var freed = ring.getCursor() + 1 - ring.getBufferSize();
                awaitThat(() -> ring.getMinimumGatingSequence() >= freed);
            }
        }
    }

    /** A handler that does as the given one does, and then wakes whoever waits for that. */
    <T> EventHandler<T> telling(EventHandler<T> handler) {
        return telling(handler, () -> false);
    }

    /**
     * A handler that does as the given one does, and wakes whoever waits for that once nothing is held back.
     *
     * @param holds whether events that the handler was given are still to be worked on; asked after each but the last that
     *     has come, with which everything must be done
     */
    <T> EventHandler<T> telling(EventHandler<T> handler, BooleanSupplier holds) {
        return new EventHandler<>() {
            private Sequence done = new Sequence();

            @Override
            public void setSequenceCallback(Sequence sequence) {
                done = sequence;
            }

            @Override
            public void onEvent(T event, long sequence, boolean endOfBatch) throws Exception {
                handler.onEvent(event, sequence, endOfBatch);
                if (endOfBatch || !holds.getAsBoolean()) {
                    done.set(sequence);
                    signalAllWhenBlocking();
                }
            }
        };
    }
}

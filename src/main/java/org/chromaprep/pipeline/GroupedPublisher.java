package org.chromaprep.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;

/**
 * Publishes a film's events in groups of as many as frames are computed together, so that no batch is begun with its first
 * frame. One thread.
 */
final class GroupedPublisher {
    private final RingBuffer<FrameSlot> ring;
    private final SleepingWaitStrategy handOver;
    private final int group;
    private long first;
    private long last;
    private long next;

    /**
     * @param ring that nobody else publishes to, nothing yet published
     * @param group events published together: at least 1, at most as many as the ring has
     */
    GroupedPublisher(RingBuffer<FrameSlot> ring, SleepingWaitStrategy handOver, int group) {
        this.ring = ring;
        this.handOver = handOver;
        this.group = group;
        this.last = ring.getCursor();
        this.next = last + 1;
    }

    /**
     * The next slot to be filled.
     *
     * @throws InterruptedException if the thread is interrupted, or the ring halted, while it waits
     */
    FrameSlot claim() throws InterruptedException {
        while (next > last) {
            try {
                var claimed = ring.tryNext(group);
                first = last + 1;
                last = claimed;
            } catch (InsufficientCapacityException full) {
                var freed = last + group - ring.getBufferSize();
                handOver.awaitThat(() -> ring.getMinimumGatingSequence() >= freed);
            }
        }
        return ring.get(next);
    }

    /** Takes the slot that was claimed last for filled; with an end in it, nothing may come after it. */
    void filled() {
        var ended = ring.get(next).decoded.event instanceof FrameSlot.Event.End;
        next++;
        while (ended && next <= last) {
            ring.get(next++).decoded.event = new FrameSlot.Event.Left();
        }
        if (next > last) {
            ring.publish(first, last);
        }
    }
}

package org.chromaprep.pipeline;

import java.util.List;
import java.util.stream.IntStream;
import org.chromaprep.output.shard.SampleBuffers;

/**
 * Room for the samples that are put together but not yet in a shard. Frames take turns with it: one may have a room once the frame
 * that had it before is written. Safe for the threads of one run.
 */
final class SampleRoom {
    private final List<SampleBuffers> buffers;
    private final SleepingWaitStrategy handOver;
    private final RunState state;
    private volatile long written;

    /**
     * @param samples that may wait at the same time, at least 1
     * @param handOver says when a frame is written
     * @param state ends the waiting of a run that failed
     */
    SampleRoom(int samples, SleepingWaitStrategy handOver, RunState state) {
        this.buffers =
                IntStream.range(0, samples).mapToObj(i -> new SampleBuffers()).toList();
        this.handOver = handOver;
        this.state = state;
    }

    /**
     * Waits until a frame's room is free.
     *
     * @param frame counted from the run's first
     * @throws InterruptedException if the thread is interrupted, or the ring halted, while it waits
     */
    SampleBuffers await(long frame) throws InterruptedException {
        handOver.awaitThat(() -> written > frame - buffers.size() || state.failed());
        return buffers.get((int) (frame % buffers.size()));
    }

    /** Takes note that a frame, and with it all before it, needs its room no more. */
    void passed(long frame) {
        written = frame + 1;
    }
}

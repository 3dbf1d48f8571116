package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rings much smaller than what goes through them, so that every thread has to wait for every other again and again. */
@Timeout(60)
class SleepingWaitStrategyTest {
    private static final int EVENTS = 20_000;

    private final List<Thread> threads = new ArrayList<>();
    private final SleepingWaitStrategy handOver = new SleepingWaitStrategy();
    private final Disruptor<long[]> disruptor =
            new Disruptor<>(() -> new long[4], 4, this::thread, ProducerType.SINGLE, handOver);

    private Thread thread(Runnable work) {
        var thread = new Thread(work);
        threads.add(thread);
        return thread;
    }

    private void publish(int events) throws InterruptedException {
        var ring = disruptor.start();
        for (var i = 0; i < events; i++) {
            var sequence = handOver.claim(ring);
            Arrays.fill(ring.get(sequence), 0);
            ring.get(sequence)[0] = i;
            ring.publish(sequence);
        }
    }

    private EventHandler<long[]> writer(int place) {
        return handOver.telling((event, sequence, last) -> event[place] = event[0] + place);
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyEventPassesEveryStageInOrder() throws Exception {
        var seen = new long[EVENTS];
        var sums = new long[EVENTS];
        var done = new CountDownLatch(1);
        disruptor
                .handleEventsWith(writer(1))
                .then(writer(2), writer(3))
                .then(handOver.telling((event, sequence, last) -> {
                    seen[(int) sequence] = event[0];
                    sums[(int) sequence] = event[1] + event[2] + event[3];
                    if (sequence == EVENTS - 1) {
                        done.countDown();
                    }
                }));
        publish(EVENTS);
        done.await();
        disruptor.halt();
        assertThat(seen).isEqualTo(LongStream.range(0, EVENTS).toArray());
        assertThat(sums)
                .isEqualTo(LongStream.range(0, EVENTS).map(i -> 3 * i + 6).toArray());
    }

    @Test
    void anEventIsHandedOnBeforeTheRestOfItsBatchIsDone() throws Exception {
        var passed = new CountDownLatch(1);
        disruptor
                .handleEventsWith(handOver.<long[]>telling((event, sequence, last) -> {
                    if (sequence == 1) {
                        passed.await();
                    }
                }))
                .then(handOver.telling((event, sequence, last) -> passed.countDown()));
        publish(2);
        passed.await();
        assertThat(passed.getCount()).isZero();
        disruptor.halt();
    }

    @Test
    void stagesThatWaitForNothingEndWhenTheRingIsHalted() throws Exception {
        disruptor.handleEventsWith(writer(1)).then(writer(2));
        publish(0);
        disruptor.halt();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
    }

    @Test
    void aStageThatWaitsForWhatNeverComesEndsWhenTheRingIsHalted() throws Exception {
        var waiting = new CountDownLatch(1);
        var ended = new CompletableFuture<Throwable>();
        disruptor.handleEventsWith(handOver.<long[]>telling((event, sequence, last) -> {
            try {
                handOver.awaitThat(() -> {
                    waiting.countDown();
                    return false;
                });
            } catch (InterruptedException e) {
                ended.complete(e);
            }
        }));
        publish(1);
        waiting.await();
        handOver.halt(disruptor);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(ended.get()).hasMessage("The ring was halted.");
    }
}

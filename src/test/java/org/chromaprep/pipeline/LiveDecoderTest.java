package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.LedgerLine.Outcome;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.TakenFrames;
import org.chromaprep.scene.SceneState;
import org.chromaprep.scene.Thumbnail;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Picture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The capture alone, with a ring that nobody empties unless the test does. */
@Timeout(30)
class LiveDecoderTest {
    private static final int SLOTS = 4;
    /** Seconds of the last frame of an earlier run. */
    private static final double LAST = 19.96;

    private static final Grid GRID = new Grid(32, 32);
    private static final NetworkPlan PLAN = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);

    private final List<FrameSlot> slots = new ArrayList<>();
    private final SleepingWaitStrategy handOver = new SleepingWaitStrategy();
    private final RingBuffer<FrameSlot> ring = RingBuffer.createSingleProducer(this::newSlot, SLOTS, handOver);

    private FrameSlot newSlot() {
        var slot = new FrameSlot(new HostFrameFeatures(PLAN, GRID), new Clustering(2, 64, GRID.pixels()), 0);
        slots.add(slot);
        return slot;
    }

    @AfterEach
    void close() {
        slots.forEach(FrameSlot::close);
    }

    private void capture(int frames, Set<Integer> lostBefore, ResumeState memory, LongConsumer afterRead)
            throws InterruptedException {
        new LiveDecoder(
                        new Film(frames, lostBefore, afterRead),
                        ring,
                        handOver,
                        false,
                        FrameSelection.ALL,
                        memory,
                        LAST,
                        LiveDecoderTest::unseen,
                        new RunState(),
                        new StopSignal(),
                        new StageTimes(new SimpleMeterRegistry()))
                .run();
    }

    /** What is seen of pictures that have none. */
    private static SceneWatch.Sight unseen(Picture picture) {
        return new SceneWatch.Sight(
                new LedgerLine.Place(0, Optional.empty(), Optional.empty()),
                new Thumbnail(new byte[Thumbnail.SIDE * Thumbnail.SIDE]),
                SceneState.BEGINNING);
    }

    private List<FrameSlot> published() {
        var list = new ArrayList<FrameSlot>();
        for (var sequence = 0L; sequence <= ring.getCursor(); sequence++) {
            list.add(ring.get(sequence));
        }
        return list;
    }

    private static List<Long> dropped(FrameSlot slot) {
        return slot.decoded.before.stream()
                .filter(line -> line.outcome() == Outcome.DROPPED)
                .map(line -> line.frame().orElseThrow())
                .toList();
    }

    @Test
    void theNewestFrameWaitsAndTheOlderOnesAreDropped() throws Exception {
        capture(60, Set.of(), ResumeState.beginning(), frame -> {});

        assertThat(published()).hasSize(2);
        assertThat(slots.get(0).decoded.picture.time().index()).isEqualTo(59);
        assertThat(dropped(slots.get(0))).hasSize(59).isSorted().startsWith(0L).endsWith(58L);
        assertThat(slots.get(1).decoded.event).isEqualTo(new FrameSlot.Event.End(true));
        assertThat(slots.get(1).decoded.before).isEmpty();
    }

    @Test
    void aFrameThatTheNetworkHasIsNeverDropped() throws Exception {
        capture(10, Set.of(), ResumeState.beginning(), frame -> {
            if (frame == 4) {
                slots.get(0).decoded.hold.claim();
            }
        });

        assertThat(slots.get(0).decoded.picture.time().index()).isEqualTo(3);
        assertThat(dropped(slots.get(0))).containsExactly(0L, 1L, 2L);
        assertThat(slots.get(1).decoded.picture.time().index()).isEqualTo(9);
        assertThat(dropped(slots.get(1))).containsExactly(4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void whereAllSlotsAreAtWorkTheCaptureStillDoesNotWait() throws Exception {
        var gating = new Sequence(-1);
        ring.addGatingSequences(gating);
        capture(30, Set.of(), ResumeState.beginning(), frame -> {
            if (ring.getCursor() >= 0) {
                slots.get((int) ring.getCursor()).decoded.hold.takeBack();
            }
            if (frame == 29) {
                gating.set(1);
            }
        });

        assertThat(slots.subList(2, SLOTS))
                .extracting(slot -> slot.decoded.picture.time().index())
                .containsExactly(2L, 3L);
        assertThat(ring.get(SLOTS).decoded.picture.time().index()).isEqualTo(29);
        assertThat(dropped(ring.get(SLOTS)))
                .hasSize(25)
                .isSorted()
                .startsWith(4L)
                .endsWith(28L);
        assertThat(ring.get(SLOTS + 1).decoded.event).isEqualTo(new FrameSlot.Event.End(true));
    }

    @Test
    void whereNoneMayBeDroppedTheCaptureWaits() throws Exception {
        var seen = new ArrayList<Long>();
        var ended = new CountDownLatch(1);
        var disruptor = new Disruptor<>(this::newSlot, SLOTS, Thread::new, ProducerType.SINGLE, handOver);
        disruptor.handleEventsWith(handOver.telling((slot, sequence, last) -> {
            assertThat(slot.decoded.before).isEmpty();
            if (slot.isFrame()) {
                seen.add(slot.decoded.picture.time().index());
            } else {
                ended.countDown();
            }
        }));
        new LiveDecoder(
                        new Film(60, Set.of(), frame -> {}),
                        disruptor.start(),
                        handOver,
                        true,
                        FrameSelection.ALL,
                        ResumeState.beginning(),
                        0,
                        LiveDecoderTest::unseen,
                        new RunState(),
                        new StopSignal(),
                        new StageTimes(new SimpleMeterRegistry()))
                .run();
        ended.await();
        disruptor.halt();

        assertThat(seen)
                .containsExactlyElementsOf(LongStream.range(0, 60).boxed().toList());
    }

    @Test
    void whatWasLostStandsBetweenItsNeighbours() throws Exception {
        capture(4, Set.of(1, 3), ResumeState.beginning(), frame -> {});

        assertThat(slots.get(0).decoded.before)
                .extracting(LedgerLine::outcome)
                .containsExactly(Outcome.DROPPED, Outcome.LOST, Outcome.DROPPED, Outcome.DROPPED, Outcome.LOST);
        assertThat(slots.get(0).decoded.picture.time().index()).isEqualTo(3);
    }

    @Test
    void whatAnEarlierFrameInTheSlotWasRemarkableForIsForgotten() throws Exception {
        ring.get(0).remark = Optional.of("the same picture as frame 7");
        capture(1, Set.of(), ResumeState.beginning(), frame -> {});

        assertThat(slots.get(0).remark).isEmpty();
    }

    private static ResumeState cutOff(Instant began) {
        return new ResumeState(
                500,
                0,
                3,
                SceneState.BEGINNING,
                Optional.empty(),
                new byte[0],
                new TakenFrames(),
                true,
                0,
                Optional.of(began));
    }

    @Test
    void whatARunLostThatWasCutOffIsALine() throws Exception {
        capture(1, Set.of(), ResumeState.of(cutOff(Instant.now()).toCheckpoint()), frame -> {});

        assertThat(slots.get(0).decoded.before).singleElement().satisfies(line -> {
            assertThat(line.outcome()).isEqualTo(Outcome.LOST);
            assertThat(line.reason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("cut off"));
        });
    }

    @Test
    void whatIsLostBeforeTheFirstFrameHasATimeOnlyWhereTheRunBegins() throws Exception {
        capture(1, Set.of(0), ResumeState.beginning(), frame -> {});
        assertThat(slots.get(0).decoded.before.get(0).time()).contains(0.2);

        capture(1, Set.of(0), ResumeState.of(cutOff(Instant.now()).atTheEnd().toCheckpoint()), frame -> {});
        assertThat(slots.get(2).decoded.before.get(0).time()).isEmpty();
    }

    @Test
    void aRunThatGoesOnCountsAndTimesOn() throws Exception {
        var began = Instant.ofEpochMilli(Instant.now().minusSeconds(100).toEpochMilli());
        capture(1, Set.of(), ResumeState.of(cutOff(began).atTheEnd().toCheckpoint()), frame -> {});

        assertThat(slots.get(0).decoded.before).isEmpty();

        var time = slots.get(0).decoded.picture.time();
        assertThat(time.index()).isEqualTo(500);
        assertThat(time.seconds()).isBetween(99.0, 130.0);
        assertThat(time.pts().getAsLong()).isEqualTo(Math.round(time.seconds() * 25));
        assertThat(slots.get(0).decoded.began).contains(began);
    }

    @Test
    void aRunThatGoesOnAfterTheClockOnTheWallWasSetBackTimesOn() throws Exception {
        var began = Instant.ofEpochMilli(Instant.now().plusSeconds(86_400).toEpochMilli());
        capture(1, Set.of(), ResumeState.of(cutOff(began).atTheEnd().toCheckpoint()), frame -> {});

        assertThat(slots.get(0).decoded.picture.time().seconds()).isCloseTo(20, within(1e-9));
        assertThat(slots.get(0).decoded.picture.time().pts()).hasValue(500);
        assertThat(slots.get(0).decoded.began).contains(began);
    }

    @Test
    void whatIsPassedOverBetweenTwoFramesDoesNotPileUp() throws Exception {
        var frames = 20_000;
        var seen = new ArrayList<Long>();
        var most = new AtomicInteger();
        var ended = new CountDownLatch(1);
        var disruptor = new Disruptor<>(this::newSlot, SLOTS, Thread::new, ProducerType.SINGLE, handOver);
        disruptor.handleEventsWith(handOver.telling((slot, sequence, last) -> {
            most.accumulateAndGet(slot.decoded.before.size(), Math::max);
            slot.decoded.before.forEach(line -> seen.add(line.frame().orElse(-1L)));
            if (slot.isFrame()) {
                seen.add(slot.decoded.picture.time().index());
            } else if (slot.decoded.event instanceof FrameSlot.Event.End) {
                ended.countDown();
            }
        }));
        var late = new FrameSelection(
                OptionalDouble.of((frames - 1) / 25.0),
                OptionalDouble.empty(),
                1,
                OptionalDouble.empty(),
                OptionalLong.empty());
        var ring = disruptor.start();
        new LiveDecoder(
                        // Whoever takes lines away keeps up, however busy the machine is.
                        new Film(frames, Set.of(), frame -> {
                            while (ring.remainingCapacity() < SLOTS) {
                                Thread.yield();
                            }
                        }),
                        ring,
                        handOver,
                        true,
                        late,
                        ResumeState.beginning(),
                        0,
                        LiveDecoderTest::unseen,
                        new RunState(),
                        new StopSignal(),
                        new StageTimes(new SimpleMeterRegistry()))
                .run();
        ended.await();
        disruptor.halt();

        assertThat(most.get()).isLessThan(frames / 2);
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.range(0, frames).boxed().toList());
    }

    @Test
    void aFrameThatWaitsIsBeforeWhatIsNotedAfterIt() throws Exception {
        var every = new FrameSelection(
                OptionalDouble.empty(), OptionalDouble.empty(), 1_000, OptionalDouble.empty(), OptionalLong.empty());
        new LiveDecoder(
                        new Film(1_500, Set.of(), frame -> {}),
                        ring,
                        handOver,
                        false,
                        every,
                        ResumeState.beginning(),
                        0,
                        LiveDecoderTest::unseen,
                        new RunState(),
                        new StopSignal(),
                        new StageTimes(new SimpleMeterRegistry()))
                .run();

        var lines = new ArrayList<Long>();
        for (var slot : published()) {
            slot.decoded.before.forEach(line -> lines.add(line.frame().orElseThrow()));
            if (slot.isFrame()) {
                lines.add(slot.decoded.picture.time().index());
            }
        }
        assertThat(lines)
                .containsExactlyElementsOf(LongStream.range(0, 1_500).boxed().toList());
        assertThat(published()).extracting(FrameSlot::isFrame).containsExactly(true, false, true, false);
    }

    /** Frames without pixels. */
    private static final class Film implements VideoSource {
        private final int frames;
        private final Set<Integer> lostBefore;
        private final LongConsumer afterRead;
        private int next;
        private boolean lost;

        Film(int frames, Set<Integer> lostBefore, LongConsumer afterRead) {
            this.frames = frames;
            this.lostBefore = lostBefore;
            this.afterRead = afterRead;
        }

        @Override
        public SourceInfo info() {
            return new SourceInfo(
                    "film",
                    "test",
                    "test",
                    64,
                    48,
                    new Rational(1, 1),
                    0,
                    false,
                    new Rational(25, 1),
                    new Rational(1, 25),
                    0,
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    "gray",
                    "bt601",
                    true,
                    false,
                    false);
        }

        @Override
        public ReadResult read(Picture into) {
            if (next == frames) {
                return new EndOfStream();
            }
            if (lostBefore.contains(next) && !lost) {
                lost = true;
                return new LostFrame(OptionalDouble.of(0.2), OptionalLong.empty(), "it is gone");
            }
            lost = false;
            var time = new FrameTime(next, OptionalLong.of(next), next / 25.0);
            into.retime(time);
            afterRead.accept(next++);
            return new FrameRead(time, false);
        }

        @Override
        public void close() {}
    }
}

package org.chromaprep.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.VideoSource;

/**
 * Reads a source that happens now, on the thread that calls {@link #run}. Unless it is made to wait for the ring, it never
 * does: at most one frame waits there for the network, a newer one takes its place, and the older one is dropped. What
 * becomes of the frames between two that are processed travels with the later one, so that the ledger has all in order.
 *
 * <p>A run that continues numbers and times its frames after those of the earlier one, as the clock on the wall does. What an
 * earlier run had captured, but not committed when it was cut off, is one lost line.
 */
final class LiveDecoder {
    private static final String TOO_FAST = "a newer frame came before the network was free";
    private static final String CUT_OFF =
            "an earlier run was cut off; what it had captured since its last commit is lost";
    private static final double MILLI = 1e-3;
    /** Between two frames that are processed, so many others wait for the later one, and then go into the ledger by themselves. */
    private static final int MOST_BEFORE = 500;

    private final VideoSource source;
    private final RingBuffer<FrameSlot> ring;
    private final SleepingWaitStrategy handOver;
    private final boolean waits;
    private final FrameSelection.Judge judge;
    private final ResumeState memory;
    private final double after;
    private final Function<Picture, SceneWatch.Sight> scenes;
    private final RunState state;
    private final StopSignal stop;
    private final StageTimes times;
    private final List<LedgerLine> before = new ArrayList<>();
    private Optional<FrameSlot> newest = Optional.empty();
    private Optional<LedgerLine> held = Optional.empty();
    private Optional<SceneWatch.Sight> seen = Optional.empty();
    private Optional<Instant> began;
    private double shift;
    private boolean timed;
    private long turn;
    private long lastVideoPts = Long.MIN_VALUE;

    /**
     * @param handOver of the ring
     * @param waits whether no frame is dropped, so that the source waits where the ring is full
     * @param memory of an earlier run
     * @param after the time of the last frame of an earlier run, in seconds
     * @param scenes looks at every frame that arrives
     */
    LiveDecoder(
            VideoSource source,
            RingBuffer<FrameSlot> ring,
            SleepingWaitStrategy handOver,
            boolean waits,
            FrameSelection selection,
            ResumeState memory,
            double after,
            Function<Picture, SceneWatch.Sight> scenes,
            RunState state,
            StopSignal stop,
            StageTimes times) {
        this.source = source;
        this.ring = ring;
        this.handOver = handOver;
        this.waits = waits;
        this.judge = selection.judge();
        this.memory = memory;
        this.after = after;
        this.scenes = scenes;
        this.state = state;
        this.stop = stop;
        this.times = times;
        this.began = memory.began();
        if (memory.began().isPresent() && !memory.ended()) {
            before.add(LedgerLine.lost(Optional.empty(), Optional.empty(), CUT_OFF));
        }
    }

    /**
     * Publishes what comes and, in any case but an interruption, an end, before which everything has its outcome.
     *
     * @throws InterruptedException if the thread is interrupted while the ring is full
     */
    void run() throws InterruptedException {
        try (var arrived = new Picture()) {
            var goesOn = true;
            while (goesOn && !stop.requested() && !state.failed() && !state.suffices()) {
                goesOn = next(arrived);
            }
        } catch (SourceException | RuntimeException | Error e) {
            state.fail(e);
        }
        drop();
        end();
    }

    private boolean next(Picture arrived) throws SourceException, InterruptedException {
        if (before.size() >= MOST_BEFORE) {
            note();
        }
        var begin = System.nanoTime();
        var result = source.read(arrived);
        var now = System.nanoTime();
        times.add(Stage.DECODE, now - begin);
        drop();
        if (result instanceof EndOfStream) {
            return false;
        }
        if (result instanceof LostFrame lost) {
            // Before its first frame, nobody knows where a run that continues stands.
            var isKnown = lost.seconds().isPresent() && (timed || memory.began().isEmpty());
            before.add(LedgerLine.lost(
                    Optional.empty(),
                    isKnown ? Optional.of(lost.seconds().getAsDouble() + shift) : Optional.empty(),
                    lost.reason()));
            return true;
        }
        retime(arrived);
        var sight = scenes.apply(arrived);
        seen = Optional.of(sight);
        var time = arrived.time();
        var verdict = judge.next(time.seconds());
        if (verdict instanceof FrameSelection.Verdict.Skip skip) {
            before.add(LedgerLine.skipped(
                    time.index(), DumpStage.boxed(time.pts()), time.seconds(), sight.place(), skip.reason()));
        } else if (verdict instanceof FrameSelection.Verdict.Take) {
            place(arrived, sight, now);
        }
        return !(verdict instanceof FrameSelection.Verdict.Stop);
    }

    private void retime(Picture arrived) {
        var time = arrived.time();
        if (!timed) {
            var now = Instant.now();
            began = Optional.of(memory.began().orElseGet(() -> now.minusMillis(Math.round(time.seconds() / MILLI))));
            // The clock on the wall may have been set back since.
            shift = memory.began()
                    .map(then -> Math.max(
                                    after + source.info().timeBase().value(),
                                    (now.toEpochMilli() - then.toEpochMilli()) * MILLI)
                            - time.seconds())
                    .orElse(0.0);
            timed = true;
        }
        var tick = source.info().timeBase().value();
        var pts = time.pts().orElseGet(() -> source.info().startPts() + Math.round(time.seconds() / tick));
        arrived.retime(new FrameTime(
                memory.nextFrame() + time.index(),
                OptionalLong.of(pts + Math.round(shift / tick)),
                time.seconds() + shift));
    }

    /** Puts a frame where the newest one waits, or into a free slot; where neither is, it is held until another comes. */
    private void place(Picture arrived, SceneWatch.Sight sight, long captured) throws InterruptedException {
        if (waits) {
            publish(handOver.claim(ring), arrived, sight, captured);
            return;
        }
        if (newest.isPresent() && newest.get().decoded.hold.takeBack()) {
            var slot = newest.get();
            before.add(0, dropped(slot.decoded.picture.time(), slot.looked.sight.orElseThrow()));
            slot.decoded.before.addAll(before);
            fill(slot, arrived, sight, captured);
            return;
        }
        try {
            newest = Optional.of(publish(ring.tryNext(), arrived, sight, captured));
        } catch (InsufficientCapacityException e) {
            held = Optional.of(dropped(arrived.time(), sight));
        }
    }

    /** Sends what waits into the ledger, where a slot is free; the frame that waits in the ring is before that, and stays. */
    private void note() {
        try {
            var sequence = ring.tryNext();
            var slot = ring.get(sequence);
            slot.decoded.before.clear();
            slot.decoded.before.addAll(before);
            before.clear();
            slot.decoded.event = new FrameSlot.Event.Noted();
            slot.looked.sight = Optional.empty();
            slot.decoded.began = began;
            newest = Optional.empty();
            ring.publish(sequence);
        } catch (InsufficientCapacityException full) {
            // As many more may wait as arrive while the slots are all at work.
            return;
        }
    }

    private FrameSlot publish(long sequence, Picture arrived, SceneWatch.Sight sight, long captured) {
        var slot = ring.get(sequence);
        slot.decoded.before.clear();
        slot.decoded.before.addAll(before);
        slot.decoded.event = new FrameSlot.Event.Frame(turn++);
        slot.decoded.began = began;
        fill(slot, arrived, sight, captured);
        ring.publish(sequence);
        return slot;
    }

    private void fill(FrameSlot slot, Picture arrived, SceneWatch.Sight sight, long captured) {
        before.clear();
        slot.decoded.picture.takeFrom(arrived);
        slot.remark = Optional.empty();
        // Of a live source neighbours may be missing, so each frame stands alone.
        slot.decoded.clipFrame = 0;
        slot.decoded.captured = captured;
        slot.looked.sight = Optional.of(sight);
        var tick = source.info().timeBase().value();
        slot.decoded.videoPts = Math.max(
                lastVideoPts + 1, Math.round(slot.decoded.picture.time().seconds() / tick));
        lastVideoPts = slot.decoded.videoPts;
        slot.decoded.hold.letWait();
    }

    // The slots are all at work, so whatever comes now is newer than the frame in hand.
    private void drop() {
        held.ifPresent(before::add);
        held = Optional.empty();
    }

    private static LedgerLine dropped(FrameTime time, SceneWatch.Sight sight) {
        return LedgerLine.dropped(time.index(), DumpStage.boxed(time.pts()), time.seconds(), sight.place(), TOO_FAST);
    }

    // Every slot comes free in the end, since a failed run's stages let all events pass.
    private void end() throws InterruptedException {
        var sequence = handOver.claim(ring);
        var slot = ring.get(sequence);
        slot.decoded.before.clear();
        slot.decoded.before.addAll(before);
        slot.decoded.event = new FrameSlot.Event.End(true);
        slot.looked.sight = seen;
        ring.publish(sequence);
    }
}

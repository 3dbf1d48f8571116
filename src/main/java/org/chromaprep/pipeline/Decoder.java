package org.chromaprep.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.VideoSource;

/** Reads a film into the ring's slots, on the thread that calls {@link #run}. Waits while the ring is full. */
final class Decoder {
    private final VideoSource source;
    private final GroupedPublisher publisher;
    private final FrameSelection.Judge judge;
    private final ResumeState memory;
    private final boolean repaints;
    private final RunState state;
    private final StopSignal stop;
    private final StageTimes times;
    private long framesRead;
    private int lostSinceFrame;
    private long turn;
    private long lastVideoPts = Long.MIN_VALUE;
    private final FrameRemarks remarks;
    private long retimed;

    /**
     * @param memory of an earlier run, whose frames are read again but pass without an outcome
     * @param repaints whether the pictures of these frames are made anew
     */
    Decoder(
            VideoSource source,
            GroupedPublisher publisher,
            FrameSelection selection,
            ResumeState memory,
            boolean repaints,
            RunState state,
            StopSignal stop,
            StageTimes times) {
        this.source = source;
        this.publisher = publisher;
        this.judge = selection.judge();
        this.memory = memory;
        this.repaints = repaints;
        this.state = state;
        this.stop = stop;
        this.times = times;
        this.remarks = new FrameRemarks(1 / source.info().frameRate().value());
    }

    /**
     * Passes over what an earlier run has written, without reading it, where the film can be entered anywhere.
     *
     * @param known the ledger's lines of it, in order
     * @throws SourceException if the film cannot be entered there
     */
    void enter(List<LedgerLine> known) throws SourceException {
        pass(known);
        source.enter(known.size(), framesRead);
    }

    /**
     * Takes over from an earlier run, where the film's reader stands behind what that has written.
     *
     * @param known the ledger's lines of it, in order
     */
    void pass(List<LedgerLine> known) {
        for (var line : known) {
            if (line.frame().isEmpty()) {
                lostSinceFrame++;
                continue;
            }
            framesRead++;
            lostSinceFrame = 0;
            var pts = line.pts().map(OptionalLong::of).orElseGet(OptionalLong::empty);
            var time = new FrameTime(line.frame().get(), pts, line.time().orElse(0.0));
            judge.next(time.seconds());
            remarks.next(time, line.reason().filter(FrameRemarks::areOfDamage).isPresent());
            videoPts(time);
        }
    }

    /** A sentence about odd time stamps, if there were any. */
    Optional<String> frameRemarks() {
        return remarks.summary();
    }

    /** Frames that come at no later tick of the film's clock than the one before, which the video shows a tick after that. */
    long retimed() {
        return retimed;
    }

    /**
     * Publishes the film's events and, in any case but an interruption, an end. Every slot comes free in the end, since a
     * failed run's stages let all events pass.
     *
     * @throws InterruptedException if the thread is interrupted while the ring is full
     */
    void run() throws InterruptedException {
        while (true) {
            var slot = publisher.claim();
            try {
                slot.decoded.event = stop.requested() || state.failed() || state.suffices()
                        ? new FrameSlot.Event.End(false)
                        : next(slot);
            } catch (SourceException | RuntimeException | Error e) {
                // Of a film that nobody waits for any more, nothing may be said.
                if (!(e instanceof SourceException) || !stop.requested()) {
                    state.fail(e);
                }
                slot.decoded.event = new FrameSlot.Event.End(false);
            }
            var ended = slot.decoded.event instanceof FrameSlot.Event.End;
            publisher.filled();
            if (ended) {
                return;
            }
        }
    }

    private FrameSlot.Event next(FrameSlot slot) throws SourceException {
        var begin = System.nanoTime();
        ReadResult result = source.read(slot.decoded.picture);
        slot.decoded.place = source.place();
        times.add(Stage.DECODE, System.nanoTime() - begin);
        if (result instanceof EndOfStream) {
            // A source that notices the request first ends, too.
            return new FrameSlot.Event.End(!stop.requested());
        }
        if (result instanceof LostFrame lost) {
            return lost(slot, lost);
        }
        return frame(slot, (FrameRead) result);
    }

    private FrameSlot.Event lost(FrameSlot slot, LostFrame lost) {
        slot.decoded.videoEnd = OptionalLong.empty();
        slot.decoded.again = false;
        lostSinceFrame++;
        var isKnown = framesRead < memory.nextFrame()
                || framesRead == memory.nextFrame() && lostSinceFrame <= memory.lostSince();
        return isKnown ? new FrameSlot.Event.Known() : new FrameSlot.Event.Lost(lost);
    }

    private FrameSlot.Event frame(FrameSlot slot, FrameRead read) {
        var time = slot.decoded.picture.time();
        var verdict = judge.next(time.seconds());
        if (verdict instanceof FrameSelection.Verdict.Stop) {
            return new FrameSlot.Event.End(true);
        }
        framesRead++;
        lostSinceFrame = 0;
        slot.remark = join(read.remark(), remarks.next(time, read.concealed()));
        slot.decoded.videoPts = videoPts(time);
        var duration = Math.round(read.duration() / source.info().timeBase().value());
        slot.decoded.videoEnd = OptionalLong.of(slot.decoded.videoPts + Math.max(1, duration));
        var isKnown = time.index() < memory.nextFrame();
        slot.decoded.again = isKnown && repaints;
        if (isKnown && !repaints) {
            return new FrameSlot.Event.Known();
        }
        if (verdict instanceof FrameSelection.Verdict.Skip skip) {
            return new FrameSlot.Event.Skipped(skip.reason());
        }
        slot.decoded.clipFrame = ((FrameSelection.Verdict.Take) verdict).clipFrame();
        return new FrameSlot.Event.Frame(turn++);
    }

    private static Optional<String> join(Optional<String> one, Optional<String> other) {
        return one.isPresent() && other.isPresent() ? Optional.of(one.get() + "; " + other.get()) : one.or(() -> other);
    }

    // Film time in the film's own ticks; a video needs times that rise, and the ledger keeps the film's own.
    private long videoPts(FrameTime time) {
        var pts = Math.round(time.seconds() / source.info().timeBase().value());
        if (pts <= lastVideoPts) {
            pts = lastVideoPts + 1;
            retimed++;
        }
        lastVideoPts = pts;
        return pts;
    }
}

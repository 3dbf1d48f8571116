package org.chromaprep.video.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Queue;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Findings;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;

/**
 * Accounts for every packet of a film: it gives a frame, whose place in film time is found here, or it is lost, and said so.
 *
 * <p>Lost is: a packet that the decoder refuses or answers with an error; a packet that silently gives no frame although its
 * codec has one in each; a stretch that the container cannot deliver; the film's end where {@link EndJudge} finds it missing.
 * A frame with damage that the decoder painted over is a frame, and flagged. One thread.
 */
final class FrameAccount {
    private static final int AV_FRAME_FLAG_CORRUPT = 1;
    /** A film may have any number of packets before the first frame; no more of them than this are reported one by one. */
    private static final int MOST_LINES = 100_000;

    private final OpenInput media;
    private final PacketFeed feed;
    private final Queue<ReadResult> results;
    private final double frameSeconds;
    private final FilmClock clock;
    private final LossTracker losses;
    private final Holes holes;
    private Map<String, String> believed = Map.of();
    private final List<String> notes = new ArrayList<>();
    private OptionalDouble end = OptionalDouble.empty();
    private long index;
    private long missing;
    private long unreported;
    private long stays;
    private long damage;

    /**
     * @param media the film
     * @param feed its packets
     * @param start the time stamp of second 0; empty for that of the first frame
     * @param results takes frames and losses in their order; whoever reads them takes them out
     */
    FrameAccount(OpenInput media, PacketFeed feed, OptionalLong start, Queue<ReadResult> results) {
        this.media = media;
        this.feed = feed;
        this.results = results;
        frameSeconds = 1 / StreamFacts.frameRate(media).value();
        clock = new FilmClock(
                StreamFacts.clockRules(media), avutil.av_q2d(media.stream().time_base()), frameSeconds, start);
        losses = new LossTracker(StreamFacts.hasAFrameInEachPacket(media));
        holes = new Holes(frameSeconds, StreamFacts.isRegular(media));
    }

    /** A frame is shown: what was lost before it, and the frame. */
    void shown(long packet, AVFrame frame) {
        losses.shown(packet, media.decoder().has_b_frames()).forEach(this::swallowed);
        var pts = time(packet, frame);
        var before = clock.begin();
        var endBefore = clock.end();
        var time = new FrameTime(index, pts, clock.shown(packet, pts, frame.duration()));
        var holesBefore = holes.before(packet, before, time.seconds());
        results.addAll(holesBefore);
        missing += holesBefore.size();
        var remark = clock.remark();
        var stayed = index == 0 ? 0 : Math.round((time.seconds() - endBefore) / frameSeconds);
        if (holesBefore.isEmpty() && stayed > 0 && feed.isCounted()) {
            stays += stayed;
            var empty = stayed + (stayed == 1 ? " empty chunk before it keeps" : " empty chunks before it keep")
                    + " the frame before in view";
            remark = Optional.of(remark.map(said -> said + "; " + empty).orElse(empty));
        }
        index++;
        var concealed = (frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
        damage += concealed || !holesBefore.isEmpty() ? 1 : 0;
        results.add(new FrameRead(time, clock.end() - time.seconds(), concealed, remark));
    }

    // Where only some packets have a time stamp, FFmpeg takes that of another packet, which may be right.
    private OptionalLong time(long packet, AVFrame frame) {
        var guess = FilmClock.known(frame.best_effort_timestamp());
        return FilmClock.known(frame.pts()).isPresent()
                        || !feed.isTimed()
                        || guess.isPresent() && clock.awaits(packet, guess.getAsLong())
                ? guess
                : OptionalLong.empty();
    }

    /** What the container said before a packet, and the packet itself. */
    void read(PacketFeed.Read read, SentPacket packet) {
        damage += read.failure().isPresent() || read.doubt().isPresent() ? 1 : 0;
        read.failure().ifPresent(reason -> {
            holes.reported(OptionalDouble.empty());
            add(new LostFrame(
                    OptionalDouble.empty(), OptionalLong.empty(), "the container cannot be read here: " + reason));
        });
        if (read.drained()) {
            return;
        }
        // MP4's index has a packet for each frame, there or not.
        read.doubt()
                .filter(reason -> !media.format().equals("mov"))
                .ifPresent(reason -> holes.doubt(reason, packet.number()));
        clock.sent(
                packet, packet.dts().isPresent() || media.decoder().has_b_frames() > 0 ? packet.dts() : packet.pts());
        if (packet.shown()) {
            losses.sent(
                            new LossTracker.Sent(packet.number(), clock.stretch(), packet.pts(), packet.dts()),
                            media.decoder().has_b_frames())
                    .forEach(this::swallowed);
        }
    }

    /** A packet was refused, or answered with an error. */
    void refused(SentPacket packet, String reason) {
        losses.reported(packet.number());
        lose(packet.number(), packet.pts(), packet.dts(), reason);
    }

    private void swallowed(LossTracker.Sent packet) {
        lose(packet.number(), packet.pts(), packet.dts(), "the decoder gave no frame for a packet");
    }

    private void lose(long number, OptionalLong pts, OptionalLong dts, String reason) {
        var seconds = clock.lost(number, pts.isPresent() ? pts : dts);
        holes.reported(seconds);
        add(new LostFrame(seconds, pts, reason));
    }

    private void add(LostFrame lost) {
        damage++;
        // What a stream sent before it was joined is recorded in one line.
        if (index > 0 || results.size() < (media.isStream() ? 1 : MOST_LINES)) {
            results.add(lost);
        } else {
            unreported++;
        }
    }

    /** There is nothing more to read. Called once. */
    void ended() {
        losses.ended().forEach(this::swallowed);
        if (unreported > 0 && !media.isStream()) {
            results.add(new LostFrame(
                    OptionalDouble.empty(), OptionalLong.empty(), unreported + " more packets before the first frame"));
        }
        if (media.isStream()) {
            return;
        }
        var judgement = EndJudge.judge(media.claims().read(media.format(), media.stream()), feed.found(clock, missing));
        results.addAll(judgement.losses());
        believed = judgement.believed();
        notes.addAll(judgement.notes());
        if (clock.jumps() > 0) {
            notes.add("The film's own clock jumps " + clock.jumps() + (clock.jumps() == 1 ? " time" : " times")
                    + "; film time continues, and the ledger names the frames behind the jumps.");
        }
        if (stays + feed.tail() > 0) {
            notes.add("Empty chunks, " + (stays + feed.tail())
                    + " of them, keep the frame before them in view; the ledger names the frames behind them.");
        }
        end = judgement.held().isPresent()
                ? judgement.held()
                : OptionalDouble.of(clock.endOfAll() + feed.tail() * frameSeconds);
    }

    Findings findings() {
        return new Findings(clock.timeline(), end, believed, notes);
    }

    /** The time stamp of second 0. */
    long startPts() {
        return clock.startPts();
    }

    /** Packets before the first frame that have no line of their own. */
    long unreported() {
        return unreported;
    }

    /** How often the film has shown damage. */
    long damage() {
        return damage;
    }

    /** Whether the account can be continued by another reader. */
    boolean isKeepable() {
        return clock.isKeepable();
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(index);
        out.writeLong(missing);
        out.writeLong(unreported);
        out.writeLong(stays);
        clock.save(out);
        losses.save(out);
        holes.save(out);
    }

    void restore(DataInput in) throws IOException {
        index = in.readLong();
        missing = in.readLong();
        unreported = in.readLong();
        stays = in.readLong();
        clock.restore(in);
        losses.restore(in);
        holes.restore(in);
    }
}

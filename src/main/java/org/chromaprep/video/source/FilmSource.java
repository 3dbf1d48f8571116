package org.chromaprep.video.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Queue;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Findings;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.NoFrameException;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceTraits;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.ffmpeg.FfmpegLog;
import org.chromaprep.video.frame.FramePreparation;
import org.chromaprep.video.frame.Light;

/**
 * Decodes one stream. The first frame is decoded on opening, so that the facts about the film are those of its frames and
 * a film without any is an error at once.
 *
 * <p>Lost is: a packet that the decoder refuses or answers with an error; a packet that silently gives no frame although its
 * codec has one in each; a stretch that the container cannot deliver; the film's end where {@link EndJudge} finds it missing.
 * A frame with damage that the decoder painted over is a frame, and flagged.
 */
final class FilmSource implements VideoSource {
    private static final int AV_FRAME_FLAG_CORRUPT = 1;
    /** A film may have any number of packets before the first frame; no more of them than this are reported one by one. */
    private static final int MOST_LINES = 100_000;

    private final OpenInput media;
    private final Heartbeat heart;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final Queue<ReadResult> results = new ArrayDeque<>();
    private final double frameSeconds;
    private final FilmClock clock;
    private final PacketFeed feed;
    private final LossTracker losses;
    private final Holes holes;
    private final Orientation streamOrientation;
    private final FramePreparation preparation;
    private Light light = Light.CODED;
    private Optional<SourceInfo> info = Optional.empty();
    private Map<String, String> believed = Map.of();
    private final List<String> notes = new ArrayList<>();
    private OptionalDouble end = OptionalDouble.empty();
    private long index;
    private long missing;
    private long unreported;
    private long stays;
    private boolean frameWaits;
    private boolean ended;

    private FilmSource(OpenInput media, Heartbeat heart, OptionalLong start) {
        this.media = media;
        this.heart = heart;
        frameSeconds = 1 / StreamFacts.frameRate(media).value();
        clock = new FilmClock(
                StreamFacts.clockRules(media), avutil.av_q2d(media.stream().time_base()), frameSeconds, start);
        feed = new PacketFeed(media, heart, frameSeconds);
        losses = new LossTracker(StreamFacts.hasAFrameInEachPacket(media));
        holes = new Holes(frameSeconds, StreamFacts.isRegular(media));
        streamOrientation = StreamFacts.orientation(media.stream());
        preparation = new FramePreparation(
                media.stream().codecpar(), media.options().reading().light());
    }

    /**
     * @param media closed with the source, or here if this fails
     * @throws SourceException if there is no frame
     */
    static FilmSource of(OpenInput media) throws SourceException {
        return of(media, new Heartbeat(), OptionalLong.empty());
    }

    /**
     * @param media closed with the source, or here if this fails
     * @param heart beats at every step
     * @throws SourceException if there is no frame
     */
    static FilmSource of(OpenInput media, Heartbeat heart) throws SourceException {
        return of(media, heart, OptionalLong.empty());
    }

    /**
     * A film that is entered somewhere.
     *
     * @param media as above
     * @param heart as above
     * @param start the time stamp of second 0; empty for that of the first frame
     * @throws SourceException if there is no frame
     */
    static FilmSource of(OpenInput media, Heartbeat heart, OptionalLong start) throws SourceException {
        var source = new FilmSource(media, heart, start);
        var done = false;
        try {
            source.begin();
            done = true;
            return source;
        } finally {
            if (!done) {
                source.close();
            }
        }
    }

    private void begin() throws SourceException {
        var patience = media.opening();
        var awake = new AwakeClock(media.patience());
        while (!frameWaits) {
            advance();
            if (ended) {
                throw noFrame(false);
            }
            if (patience.isPresent() && awake.isOver(patience.get())) {
                throw noFrame(true);
            }
        }
        info = Optional.of(StreamFacts.describe(media, frame, orientation(), clock.startPts(), traits()));
    }

    private SourceTraits traits() {
        var said = new ArrayList<>(media.notes());
        if (light != Light.CODED) {
            said.add(
                    media.name() + " holds " + light.label()
                            + (preparation.isKnown(light)
                                    ? "."
                                    : "; its samples have no colour targets. `light` coded, linear or density says what it is."));
        }
        return new SourceTraits(
                light.label(),
                preparation.isKnown(light),
                Timecodes.of(media.container(), media.stream(), frame),
                said);
    }

    private SourceException noFrame(boolean tooLate) {
        var lost = results.stream()
                .filter(LostFrame.class::isInstance)
                .map(LostFrame.class::cast)
                .toList();
        if (media.isStream() && !lost.isEmpty()) {
            // What came before a stream was joined is nobody's loss; that nothing else came is one.
            lost = List.of(new LostFrame(
                    OptionalDouble.empty(),
                    OptionalLong.empty(),
                    feed.packets() + " packets gave no frame, the first of them: "
                            + lost.get(0).reason()));
        }
        var remedy = tooLate
                ? "; check the address and what is sent, or raise `read-timeout`."
                : "; play it in another program to see whether it is whole.";
        if (lost.isEmpty() && tooLate) {
            lost = List.of(new LostFrame(
                    OptionalDouble.empty(), OptionalLong.empty(), feed.packets() + " packets gave no frame in time"));
        }
        if (lost.isEmpty()) {
            return new SourceException(media.name() + " has no frame that can be decoded" + remedy);
        }
        return new NoFrameException(
                media.name() + " has no frame that can be decoded, "
                        + (lost.size() + (media.isStream() ? 0 : unreported)) + " lost ("
                        + lost.get(0).reason() + ")" + remedy,
                StreamFacts.describe(media, clock.startPts()),
                lost);
    }

    @Override
    public SourceInfo info() {
        return info.orElseThrow();
    }

    @Override
    public Findings findings() {
        return new Findings(clock.timeline(), end, believed, notes);
    }

    @Override
    public ReadResult read(Picture into) {
        while (results.isEmpty()) {
            if (ended) {
                return new EndOfStream();
            }
            advance();
        }
        var result = results.remove();
        if (result instanceof FrameRead read) {
            into.take(frame, read.time(), orientation());
            frameWaits = false;
        }
        return result;
    }

    private Orientation orientation() {
        return StreamFacts.orientation(frame).orElse(streamOrientation);
    }

    /** Takes one step: a frame, an error, a packet or the end. At most one frame waits at a time. */
    private void advance() {
        heart.beat();
        var code = avcodec.avcodec_receive_frame(media.decoder(), frame);
        if (code >= 0) {
            light = preparation.light(frame, feed.dpx().density());
            preparation.prepare(frame, feed.dpx().density());
            show();
        } else if (code == avutil.AVERROR_EOF() || code == avutil.AVERROR_EAGAIN() && feed.drained()) {
            finish();
        } else if (code == avutil.AVERROR_EAGAIN()) {
            feed();
        } else {
            var last = feed.last();
            losses.reported(last.number());
            lose(last, "the decoder failed: " + FfmpegLog.describe(code));
            if (feed.drained()) {
                finish();
            }
        }
    }

    private void show() {
        var packet = feed.number(frame);
        losses.shown(packet, media.decoder().has_b_frames()).forEach(this::swallowed);
        var pts = time(packet);
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
        results.add(new FrameRead(time, clock.end() - time.seconds(), concealed, remark));
        frameWaits = true;
    }

    // Where only some packets have a time stamp, FFmpeg takes that of another packet, which may be right.
    private OptionalLong time(long packet) {
        var guess = FilmClock.known(frame.best_effort_timestamp());
        return FilmClock.known(frame.pts()).isPresent()
                        || !feed.isTimed()
                        || guess.isPresent() && clock.awaits(packet, guess.getAsLong())
                ? guess
                : OptionalLong.empty();
    }

    private void feed() {
        var read = feed.next();
        read.failure().ifPresent(reason -> {
            holes.reported(OptionalDouble.empty());
            add(new LostFrame(
                    OptionalDouble.empty(), OptionalLong.empty(), "the container cannot be read here: " + reason));
        });
        if (read.drained()) {
            avcodec.avcodec_send_packet(media.decoder(), null);
            return;
        }
        // MP4's index has a packet for each frame, there or not.
        read.doubt()
                .filter(reason -> !media.format().equals("mov"))
                .ifPresent(reason -> holes.doubt(reason, feed.last().number()));
        var packet = feed.last();
        clock.sent(
                packet, packet.dts().isPresent() || media.decoder().has_b_frames() > 0 ? packet.dts() : packet.pts());
        if (packet.shown()) {
            losses.sent(
                            new LossTracker.Sent(packet.number(), clock.stretch(), packet.pts(), packet.dts()),
                            media.decoder().has_b_frames())
                    .forEach(this::swallowed);
        }
        FfmpegLog.forget();
        var code = feed.send();
        if (code < 0 && packet.shown()) {
            losses.reported(packet.number());
            lose(packet, "the decoder refused a packet: " + FfmpegLog.describe(code));
        }
    }

    private void lose(SentPacket packet, String reason) {
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
        // What a stream sent before it was joined is recorded in one line.
        if (frameWaits || index > 0 || results.size() < (media.isStream() ? 1 : MOST_LINES)) {
            results.add(lost);
        } else {
            unreported++;
        }
    }

    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
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
                    + " of them, keep the frame before them in view; the ledger names" + " the frames behind them.");
        }
        end = judgement.held().isPresent()
                ? judgement.held()
                : OptionalDouble.of(clock.endOfAll() + feed.tail() * frameSeconds);
    }

    /** Why a stream ended, if it did not say that it would. */
    Optional<String> failure() {
        return feed.silence();
    }

    @Override
    public void close() {
        if (!frame.isNull()) {
            avutil.av_frame_free(frame);
            frame.setNull();
        }
        feed.close();
        preparation.close();
        media.close();
    }
}

package org.chromaprep.video.source;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
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
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Findings;
import org.chromaprep.video.FrameTime;
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
    private final PlaceKeeper places = new PlaceKeeper();
    private final List<Step> ahead = new ArrayList<>();
    /** The packet whose frame is waited for, and the reader's state when it was shown, while a film is being entered. */
    private Optional<Target> target = Optional.empty();
    /** The last packet that the state at the entry knows of: what the decoder says of those up to it is known already. */
    private long known;

    private boolean entered;
    private boolean damaged;

    /** A packet that was sent while the film is being entered, and how it was read. */
    private record Step(PacketFeed.Read read, SentPacket packet) {}

    private record Target(long packet, byte[] state, byte[] entry) {}

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
        return FilmWithoutFrame.of(
                media,
                StreamFacts.describe(media, clock.startPts()),
                results.stream()
                        .filter(LostFrame.class::isInstance)
                        .map(LostFrame.class::cast)
                        .toList(),
                feed.packets(),
                unreported,
                tooLate);
    }

    @Override
    public SourceInfo info() {
        return info.orElseThrow();
    }

    @Override
    public Findings findings() {
        return new Findings(clock.timeline(), end, believed, notes);
    }

    /** Makes the next result, which {@link #read} then gives. */
    void lookAhead() {
        while (results.isEmpty() && !ended) {
            advance();
        }
    }

    @Override
    public ReadResult read(Picture into) {
        lookAhead();
        if (results.isEmpty()) {
            return new EndOfStream();
        }
        var result = results.remove();
        places.add(result, frame);
        if (result instanceof FrameRead read) {
            into.take(frame, read.time(), orientation());
            frameWaits = false;
        }
        return result;
    }

    /**
     * Whether the film has shown damage since it was entered, to whoever reads it or only to the decoder: what that paints over it
     * depends on pictures from long before.
     */
    boolean isDamaged() {
        return entered && (damaged || FfmpegLog.hasComplained(media.decoder()));
    }

    /** Of films in files; of all else nothing is kept. */
    @Override
    public void keepPlaces() {
        if (media.file().isPresent()) {
            places.begin();
        }
    }

    @Override
    public Optional<FilmPlace> place() {
        return places.place();
    }

    @Override
    public boolean enter(FilmPlace place, Approach approach) {
        if (!place.isEnterable() || media.file().isEmpty()) {
            return false;
        }
        places.begin();
        results.clear();
        frameWaits = false;
        ended = false;
        try (var in = new DataInputStream(new ByteArrayInputStream(place.entry()))) {
            var state = in.readNBytes(in.readInt());
            var delay = in.readInt();
            if (!feed.enter(in, approach)) {
                return false;
            }
            avcodec.avcodec_flush_buffers(media.decoder());
            media.decoder().has_b_frames(delay);
            try (var then = new DataInputStream(new ByteArrayInputStream(state))) {
                known = then.readLong();
            }
            target = Optional.of(new Target(feed.last().number(), state, place.entry()));
            feed.send();
            return comesTo(place);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException otherVersion) {
            return false;
        }
    }

    // Everything between is compared with what was read then, and thrown away.
    private boolean comesTo(FilmPlace place) {
        while (target.isPresent() && !ended) {
            advance();
        }
        if (target.isPresent()) {
            return false;
        }
        try (var picture = new Picture()) {
            while (places.given() < place.results()) {
                if (read(picture) instanceof EndOfStream) {
                    return false;
                }
            }
        }
        entered = true;
        return places.given() == place.results() && places.fingerprint() == place.fingerprint();
    }

    private byte[] state() {
        return Keeping.bytes(out -> {
            out.writeLong(feed.last().number());
            out.writeLong(places.given());
            out.writeLong(places.fingerprint());
            out.writeLong(index);
            out.writeLong(missing);
            out.writeLong(unreported);
            out.writeLong(stays);
            clock.save(out);
            losses.save(out);
            holes.save(out);
        });
    }

    private void restore(byte[] state) {
        try (var in = new DataInputStream(new ByteArrayInputStream(state))) {
            known = in.readLong();
            places.restore(in.readLong(), in.readLong());
            index = in.readLong();
            missing = in.readLong();
            unreported = in.readLong();
            stays = in.readLong();
            clock.restore(in);
            losses.restore(in);
            holes.restore(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("This is no state of a film's reader.", e);
        }
    }

    private Optional<byte[]> entry(byte[] key) {
        if (feed.drained() || !results.isEmpty() || !clock.isKeepable()) {
            return Optional.empty();
        }
        var state = state();
        return Optional.of(Keeping.bytes(out -> {
            out.writeInt(state.length);
            out.write(state);
            out.writeInt(media.decoder().has_b_frames());
            out.write(key);
        }));
    }

    /** Whether the frame is shown before the place at which the film is being entered. */
    private boolean isBeforeEntry(long packet) {
        if (target.isEmpty()) {
            return false;
        }
        if (packet != target.get().packet()) {
            return true;
        }
        restore(target.get().state());
        places.entry(target.get().entry());
        target = Optional.empty();
        // Of pictures that come before a key frame and need others, decoders may complain.
        FfmpegLog.watch(media.decoder());
        var later = List.copyOf(ahead);
        ahead.clear();
        later.stream()
                .filter(step -> step.packet().number() > known)
                .forEach(step -> account(step.read(), step.packet()));
        return false;
    }

    private boolean isKnown(SentPacket packet) {
        return target.isPresent() || packet.number() <= known;
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
            if (!isKnown(last)) {
                losses.reported(last.number());
                lose(last, "the decoder failed: " + FfmpegLog.describe(code));
            }
            if (feed.drained()) {
                finish();
            }
        }
    }

    private void show() {
        var packet = feed.number(frame);
        if (isBeforeEntry(packet)) {
            return;
        }
        places.shows(packet, this::entry);
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
        damaged |= entered && (concealed || !holesBefore.isEmpty());
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
        var packet = feed.last();
        if (target.isPresent()) {
            ahead.add(new Step(read, packet));
        } else if (packet.number() > known || read.drained()) {
            account(read, packet);
        }
        if (read.drained()) {
            avcodec.avcodec_send_packet(media.decoder(), null);
            return;
        }
        if (places.keeps()) {
            feed.keyState().ifPresent(state -> places.key(packet.number(), state));
        }
        FfmpegLog.forget();
        var code = feed.send();
        if (code < 0 && packet.shown() && !isKnown(packet)) {
            losses.reported(packet.number());
            lose(packet, "the decoder refused a packet: " + FfmpegLog.describe(code));
        }
    }

    // What the container said before a packet, and the packet itself.
    private void account(PacketFeed.Read read, SentPacket packet) {
        damaged |= entered && (read.failure().isPresent() || read.doubt().isPresent());
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
        damaged |= entered;
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
        FfmpegLog.unwatch(media.decoder());
        if (!frame.isNull()) {
            avutil.av_frame_free(frame);
            frame.setNull();
        }
        feed.close();
        preparation.close();
        media.close();
    }
}

package org.chromaprep.video.source;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Findings;
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
 */
final class FilmSource implements VideoSource {
    private final OpenInput media;
    private final Heartbeat heart;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final Queue<ReadResult> results = new ArrayDeque<>();
    private final PacketFeed feed;
    private final FrameAccount account;
    private final Orientation streamOrientation;
    private final FramePreparation preparation;
    private Light light = Light.CODED;
    private Optional<SourceInfo> info = Optional.empty();
    private boolean frameWaits;
    private boolean ended;
    private final PlaceKeeper places = new PlaceKeeper();
    private final FilmEntry entry;

    private FilmSource(OpenInput media, Heartbeat heart, OptionalLong start) {
        this.media = media;
        this.heart = heart;
        feed = new PacketFeed(media, heart, 1 / StreamFacts.frameRate(media).value());
        account = new FrameAccount(media, feed, start, results);
        streamOrientation = StreamFacts.orientation(media.stream());
        preparation = new FramePreparation(
                media.stream().codecpar(), media.options().reading().light());
        entry = new FilmEntry(media.decoder());
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
        info = Optional.of(StreamFacts.describe(media, frame, orientation(), account.startPts(), traits()));
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
                StreamFacts.describe(media, account.startPts()),
                results.stream()
                        .filter(LostFrame.class::isInstance)
                        .map(LostFrame.class::cast)
                        .toList(),
                feed.packets(),
                account.unreported(),
                tooLate);
    }

    @Override
    public SourceInfo info() {
        return info.orElseThrow();
    }

    @Override
    public Findings findings() {
        return account.findings();
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

    /** As {@link FilmEntry#isDamaged}. */
    boolean isDamaged() {
        return entry.isDamaged(account.damage());
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
            entry.begin(feed.last().number(), state, place.entry());
            feed.send();
            return comesTo(place);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException otherVersion) {
            return false;
        }
    }

    // Everything between is compared with what was read then, and thrown away.
    private boolean comesTo(FilmPlace place) {
        while (entry.isAwaited() && !ended) {
            advance();
        }
        if (entry.isAwaited()) {
            return false;
        }
        try (var picture = new Picture()) {
            while (places.given() < place.results()) {
                if (read(picture) instanceof EndOfStream) {
                    return false;
                }
            }
        }
        entry.end(account.damage());
        return places.given() == place.results() && places.fingerprint() == place.fingerprint();
    }

    private byte[] state() {
        return Keeping.bytes(out -> {
            out.writeLong(feed.last().number());
            out.writeLong(places.given());
            out.writeLong(places.fingerprint());
            account.save(out);
        });
    }

    private void restore(byte[] state) {
        try (var in = new DataInputStream(new ByteArrayInputStream(state))) {
            FilmEntry.known(in);
            places.restore(in.readLong(), in.readLong());
            account.restore(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("This is no state of a film's reader.", e);
        }
    }

    private Optional<byte[]> entryBehind(byte[] key) {
        if (feed.drained() || !results.isEmpty() || !account.isKeepable()) {
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
        if (!entry.isAwaited()) {
            return false;
        }
        var found = entry.shows(packet);
        found.ifPresent(target -> {
            restore(target.state());
            places.entry(target.entry());
            entry.ahead().forEach(step -> account.read(step.read(), step.packet()));
        });
        return found.isEmpty();
    }

    private Orientation orientation() {
        return StreamFacts.orientation(frame).orElse(streamOrientation);
    }

    /** Takes one step: a frame, an error, a packet or the end. At most one frame waits at a time. */
    private void advance() {
        heart.beat();
        var code = avcodec.avcodec_receive_frame(media.decoder(), frame);
        if (code >= 0) {
            media.fetch(frame);
            light = preparation.light(frame, feed.dpx().density());
            preparation.prepare(frame, feed.dpx().density());
            show();
        } else if (code == avutil.AVERROR_EOF() || code == avutil.AVERROR_EAGAIN() && feed.drained()) {
            finish();
        } else if (code == avutil.AVERROR_EAGAIN()) {
            feed();
        } else {
            var last = feed.last();
            if (!entry.knows(last)) {
                account.refused(last, "the decoder failed: " + FfmpegLog.describe(code));
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
        places.shows(packet, this::entryBehind);
        account.shown(packet, frame);
        frameWaits = true;
    }

    private void feed() {
        var read = feed.next();
        var packet = feed.last();
        if (entry.isAwaited()) {
            entry.passes(read, packet);
        } else if (!entry.knows(packet) || read.drained()) {
            account.read(read, packet);
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
        if (code < 0 && packet.shown() && !entry.knows(packet)) {
            account.refused(packet, "the decoder refused a packet: " + FfmpegLog.describe(code));
        }
    }

    private void finish() {
        if (!ended) {
            ended = true;
            account.ended();
        }
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

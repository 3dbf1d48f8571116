package org.chromaprep.video.source;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
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
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.encode.Containers;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/**
 * Decodes one stream. The first frame is decoded on opening, so that the facts about the film are those of its frames and
 * a film without any is an error at once.
 *
 * <p>Lost is: a packet that the decoder refuses or answers with an error; a packet of H.264, HEVC or MPEG-2 that silently
 * gives no frame; a stretch that the container cannot deliver; what a container's index has and its file does not. A
 * frame with damage that the decoder painted over is a frame, and flagged.
 */
final class FilmSource implements VideoSource {
    private static final int AV_FRAME_FLAG_CORRUPT = 1;
    private static final int AV_FRAME_FLAG_INTERLACED = 1 << 3;
    /** After so many failures of the container on end, the rest of the film counts as unreadable. */
    private static final int MAX_FAILURES = 32;
    /** An index can claim any number of frames; no more of them than this are told one by one. */
    private static final long MAX_MISSING = 100_000;
    private static final Set<Integer> ONE_FRAME_A_PACKET = Set.of(avcodec.AV_CODEC_ID_H264, avcodec.AV_CODEC_ID_HEVC,
            avcodec.AV_CODEC_ID_MPEG2VIDEO);

    private final OpenInput media;
    private final Heartbeat heart;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final Queue<ReadResult> results = new ArrayDeque<>();
    private final LossTracker losses;
    private final StreamClock clock;
    private final Orientation streamOrientation;
    private SourceInfo info;
    private double lastSeconds;
    private long index;
    private long packets;
    private long containerFailures;
    private Optional<String> failure = Optional.empty();
    private boolean frameWaits;
    private boolean drained;
    private boolean ended;

    private FilmSource(OpenInput media, Heartbeat heart) {
        this.media = media;
        this.heart = heart;
        losses = new LossTracker(ONE_FRAME_A_PACKET.contains(media.stream().codecpar().codec_id()));
        clock = StreamClock.of(media);
        streamOrientation = StreamFacts.orientation(media.stream());
    }

    /**
     * @param media closed with the source, or here if this fails
     * @throws SourceException if there is no frame
     */
    static FilmSource of(OpenInput media) throws SourceException {
        return of(media, new Heartbeat());
    }

    /**
     * @param media closed with the source, or here if this fails
     * @param heart beats at every step
     * @throws SourceException if there is no frame
     */
    static FilmSource of(OpenInput media, Heartbeat heart) throws SourceException {
        var source = new FilmSource(media, heart);
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
        while (!frameWaits) {
            advance();
            if (ended) {
                throw noFrame();
            }
        }
        info = StreamFacts.describe(media, frame, orientation(), clock.startPts());
    }

    private SourceException noFrame() {
        var losses = results.stream().filter(LostFrame.class::isInstance).map(LostFrame.class::cast).toList();
        var remedy = "; play it in another program to see whether it is whole.";
        if (losses.isEmpty()) {
            return new SourceException(media.name() + " has no frame that can be decoded" + remedy);
        }
        return new NoFrameException(media.name() + " has no frame that can be decoded, " + losses.size() + " lost ("
                + losses.get(0).reason() + ")" + remedy, StreamFacts.describe(media, clock.startPts()), losses);
    }

    @Override
    public SourceInfo info() {
        return info;
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
            show();
        } else if (code == avutil.AVERROR_EOF()) {
            finish();
        } else if (code == avutil.AVERROR_EAGAIN()) {
            if (drained) {
                finish();
            } else {
                feed();
            }
        } else {
            lose(packet.pts(), packet.dts(), "the decoder failed: " + FfmpegLog.describe(code));
            if (drained) {
                finish();
            }
        }
    }

    private void show() {
        var pts = StreamClock.known(frame.best_effort_timestamp());
        if ((frame.flags() & AV_FRAME_FLAG_INTERLACED) != 0) {
            losses.stop();
        }
        if (StreamClock.known(frame.pts()).isPresent()) {
            losses.shown(frame.pts()).forEach(this::swallowed);
        }
        var time = new FrameTime(index++, pts, clock.next(pts));
        lastSeconds = time.seconds();
        var concealed = (frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
        results.add(new FrameRead(time, concealed));
        frameWaits = true;
    }

    private void feed() {
        FfmpegLog.forget();
        var failures = 0;
        var tries = media.isStream() ? 0 : MAX_FAILURES;
        int code;
        while ((code = next()) < 0 && code != avutil.AVERROR_EOF() && failures < tries) {
            if (failures++ == 0) {
                containerFailures++;
                results.add(new LostFrame(OptionalDouble.empty(), OptionalLong.empty(),
                        "the container cannot be read here: " + media.describe(code)));
            }
        }
        if (code < 0) {
            if (media.isStream() && code != avutil.AVERROR_EOF()) {
                failure = Optional.of(media.silence(code));
            }
            drained = true;
            avcodec.avcodec_send_packet(media.decoder(), null);
            return;
        }
        packets++;
        var shown = (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) == 0;
        var pts = packet.pts();
        if (shown && StreamClock.known(pts).isPresent()) {
            losses.sent(pts);
        }
        FfmpegLog.forget();
        code = avcodec.avcodec_send_packet(media.decoder(), packet);
        if (code < 0 && shown) {
            lose(pts, packet.dts(), "the decoder refused a packet: " + FfmpegLog.describe(code));
        }
        var dts = packet.dts();
        avcodec.av_packet_unref(packet);
        packet.pts(pts).dts(dts);
    }

    /** Reads the video stream's next packet. */
    private int next() {
        while (true) {
            heart.beat();
            avcodec.av_packet_unref(packet);
            var code = media.read(packet);
            if (code < 0 || packet.stream_index() == media.stream().index()) {
                return code;
            }
        }
    }

    private void lose(long pts, long dts, String reason) {
        losses.reported(pts);
        var known = StreamClock.known(pts);
        var approximate = known.isPresent() ? known : StreamClock.known(dts);
        results.add(new LostFrame(clock.seconds(approximate), known, reason));
    }

    private void swallowed(long pts) {
        lose(pts, pts, "the decoder gave no frame for a packet");
    }

    private void finish() {
        if (ended) {
            return;
        }
        losses.ended().forEach(this::swallowed);
        var claimed = StreamFacts.indexedFrames(media);
        var missing = claimed - packets - containerFailures;
        if (missing > MAX_MISSING) {
            results.add(new LostFrame(OptionalDouble.empty(), OptionalLong.empty(), "the file ends before " + missing
                    + " frames of its index"));
        } else {
            for (var frames = 0L; frames < missing; frames++) {
                results.add(new LostFrame(OptionalDouble.empty(), OptionalLong.empty(),
                        "the file ends before this frame of its index"));
            }
        }
        if (claimed == 0 && index > 0) {
            missEnd();
        }
        ended = true;
    }

    // Containers without an index of frames still claim how long they last; sound may rightly outlast the pictures a little.
    private void missEnd() {
        var claimed = info.durationSeconds().orElse(0);
        var end = lastSeconds + 1 / info.frameRate().value();
        var tolerance = info.hasAudio() ? Math.max(2, 0.05 * claimed) : Math.max(0.5, 3 / info.frameRate().value());
        if (claimed - end > tolerance) {
            results.add(new LostFrame(OptionalDouble.of(end), OptionalLong.empty(),
                    String.format(Locale.ROOT, "the film claims to last %.3f s but its pictures end at %.3f s", claimed,
                            end)));
        }
    }

    /** Why a stream ended, if it did not say that it would. */
    Optional<String> failure() {
        return failure;
    }

    @Override
    public void close() {
        if (!frame.isNull()) {
            avutil.av_frame_free(frame);
            frame.setNull();
        }
        if (!packet.isNull()) {
            avcodec.av_packet_free(packet);
            packet.setNull();
        }
        media.close();
    }
}

package org.chromaprep.video.source;

import java.io.DataInput;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.chromaprep.video.Approach;
import org.chromaprep.video.container.DpxHeader;
import org.chromaprep.video.container.FileEnd;
import org.chromaprep.video.container.FileEnds;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/**
 * Reads a container's packets and hands those of the pictures to the decoder, each with a number that its picture bears. Keeps
 * account of what the container delivered. The owner closes it. One thread.
 */
final class PacketFeed implements AutoCloseable {
    /** After so many failures of the container on end, the rest of the film counts as unreadable. */
    private static final int MAX_FAILURES = 32;
    /** Frames that a step from one picture to the next of a whole film has at most. */
    private static final double LATE = 1.5;
    /** Recorders of broadcasts stop anywhere: an incomplete last packet is no damage of the file. */
    private static final Set<String> BROADCAST = Set.of("mpegts", "mpeg");

    private final OpenInput media;
    private final Heartbeat heart;
    private final double frameSeconds;
    private final double tick;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final ClockCounter counter;
    private final Optional<AviIndex> index;
    private final FieldPairs fields;
    private final Reach reach;
    private SentPacket last = new SentPacket(0, OptionalLong.empty(), OptionalLong.empty(), 0, true);
    private Optional<String> atTheEnd = Optional.empty();
    private Optional<String> late = Optional.empty();
    private Optional<String> silence = Optional.empty();
    private DpxHeader dpx = DpxHeader.NONE;
    private long next = 1;
    private long packets;
    private long failures;
    private long place;
    private long length;
    private long tail;
    private boolean damagedBefore;
    private boolean gap;
    private boolean bytesMissing;
    private long skipped;
    private boolean timed;
    private boolean drained;
    private boolean isSecondField;
    private PacketSearch.Key key = new PacketSearch.Key(0, 0, 0, 0);

    /**
     * What reading on gave.
     *
     * @param failure why the container could not be read for a while
     * @param doubt a sign that it did not deliver everything before the packet
     * @param drained whether there is no packet any more
     */
    record Read(Optional<String> failure, Optional<String> doubt, boolean drained) {}

    /** A packet's number as FFmpeg carries it: an address that nobody follows. */
    private static final class Tag extends Pointer {
        Tag(long number) {
            super((Pointer) null);
            address = number;
        }
    }

    PacketFeed(OpenInput media, Heartbeat heart, double frameSeconds) {
        this.media = media;
        this.heart = heart;
        this.frameSeconds = frameSeconds;
        this.tick = avutil.av_q2d(media.stream().time_base());
        this.counter = StreamFacts.counter(media, media.stream(), OptionalLong.empty());
        this.index = isCounted() && media.claims().index().orElse(0) > 0
                ? Optional.of(AviIndex.of(media.stream(), media.claims().index().getAsLong()))
                : Optional.empty();
        this.fields = FieldPairs.of(media.stream());
        this.reach = new Reach(media.container());
    }

    /** Reads the next packet of the pictures, which {@link #send} hands on. */
    Read next() {
        FfmpegLog.forget();
        var failure = Optional.<String>empty();
        var tries = media.isStream() ? 0 : MAX_FAILURES;
        var failed = 0;
        int code;
        while ((code = read()) < 0 && code != avutil.AVERROR_EOF() && failed < tries) {
            if (failed++ == 0) {
                failures++;
                failure = Optional.of(media.describe(code));
            }
        }
        var complaint = FfmpegLog.complaintsOf(
                        media.container().iformat().name().getString())
                .map(said -> "the container is damaged (" + said + ")")
                .or(() -> bytesMissing
                        ? Optional.of("a part of the file holds nothing that is a packet")
                        : Optional.empty());
        bytesMissing = false;
        if (code < 0) {
            if (media.isStream() && code != avutil.AVERROR_EOF()) {
                silence = Optional.of(media.silence(code));
            }
            drained = true;
            atTheEnd = failure.or(() -> complaint).or(() -> atTheEnd).or(() -> late);
            return new Read(failure, complaint, true);
        }
        packets++;
        place = packet.pos();
        length = packet.size();
        var before = last;
        isSecondField = fields.completes(packet);
        if (!isSecondField) {
            last = new SentPacket(
                    next++,
                    FilmClock.known(packet.pts()),
                    FilmClock.known(packet.dts()),
                    packet.duration(),
                    (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) == 0);
        }
        var isDamaged = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
        atTheEnd = isDamaged && !BROADCAST.contains(media.format())
                ? Optional.of("its last packet is incomplete")
                : Optional.empty();
        var doubt = complaint
                .or(() -> missed())
                .or(() ->
                        damagedBefore ? Optional.of("the container marks a packet here as damaged") : Optional.empty());
        damagedBefore = isDamaged;
        // The last picture of a stream comes after what lies behind it in the file, for its end is not known before.
        late = complaint.filter(said -> last.dts().isPresent()
                && before.dts().isPresent()
                && last.dts().getAsLong() - before.dts().getAsLong() <= LATE * frameSeconds / tick);
        return new Read(failure, doubt, false);
    }

    // Of containers that say nothing when they come upon nonsense.
    private boolean hasBytesMissing() {
        return media.format().equals("mpeg") && reach.hasSkipped();
    }

    private Optional<String> missed() {
        var isMissed = gap;
        gap = false;
        return isMissed
                ? Optional.of("the container does not have the chunks here that its index names")
                : Optional.empty();
    }

    private int read() {
        while (true) {
            heart.beat();
            avcodec.av_packet_unref(packet);
            var code = media.read(packet);
            if (code < 0) {
                return code;
            }
            if (packet.stream_index() == media.stream().index()) {
                key = PacketSearch.Key.of(packet);
                count();
                reach.read(packet, frameSeconds);
                bytesMissing |= hasBytesMissing();
                return code;
            }
            if (media.hasWitnesses()) {
                reach.read(packet, 0);
                bytesMissing |= hasBytesMissing();
            }
        }
    }

    private void count() {
        var indexed = index.map(each -> each.number(packet.pos())).orElse(OptionalLong.empty());
        if (indexed.isPresent()
                && FilmClock.known(packet.dts()).isPresent()
                && indexed.getAsLong() > packet.dts() + skipped) {
            skipped = indexed.getAsLong() - packet.dts();
            gap = true;
        }
        if (skipped > 0) {
            FilmClock.known(packet.pts()).ifPresent(pts -> packet.pts(pts + skipped));
            FilmClock.known(packet.dts()).ifPresent(time -> packet.dts(time + skipped));
        }
        var dts = FilmClock.known(packet.dts());
        var pts = FilmClock.known(packet.pts());
        if (dts.isPresent()) {
            packet.dts(counter.next(dts.getAsLong()));
            pts.ifPresent(time -> packet.pts(counter.of(time)));
        } else {
            pts.ifPresent(time -> packet.pts(counter.next(time)));
        }
        timed |= pts.isPresent();
    }

    /**
     * The state behind the packet read last, as {@link #enter} takes it; empty where nobody can begin there: at what is no key frame,
     * and at the second field of one.
     */
    Optional<byte[]> keyState() {
        if (drained || isSecondField || (packet.flags() & avcodec.AV_PKT_FLAG_KEY) == 0 || !last.shown()) {
            return Optional.empty();
        }
        return Optional.of(Keeping.bytes(out -> {
            for (var number :
                    new long[] {key.pts(), key.dts(), key.place(), key.size(), PacketSearch.checksum(packet)}) {
                out.writeLong(number);
            }
            out.writeLong(last.number());
            Keeping.write(out, last.pts());
            Keeping.write(out, last.dts());
            out.writeLong(last.duration());
            out.writeLong(next);
            out.writeLong(packets);
            out.writeLong(failures);
            out.writeBoolean(damagedBefore);
            out.writeBoolean(gap);
            out.writeBoolean(bytesMissing);
            out.writeLong(skipped);
            out.writeBoolean(timed);
            Keeping.write(out, atTheEnd);
            Keeping.write(out, late);
            counter.save(out);
            reach.save(out);
        }));
    }

    /**
     * Finds the packet of {@link #keyState} again and continues with it as if it had just been read.
     *
     * @return whether it was found
     */
    boolean enter(DataInput in, Approach approach) throws IOException {
        var wanted = new PacketSearch.Key(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        var sum = in.readLong();
        var then = new SentPacket(in.readLong(), Keeping.number(in), Keeping.number(in), in.readLong(), true);
        var search = new PacketSearch(media, heart, packet, wanted, sum);
        if (approach == Approach.SEEK ? !search.seek() : last.number() >= then.number() || !search.pass()) {
            return false;
        }
        last = then;
        next = in.readLong();
        packets = in.readLong();
        failures = in.readLong();
        damagedBefore = in.readBoolean();
        gap = in.readBoolean();
        bytesMissing = in.readBoolean();
        skipped = in.readLong();
        timed = in.readBoolean();
        atTheEnd = Keeping.text(in);
        late = Keeping.text(in);
        counter.restore(in);
        reach.restore(in);
        drained = false;
        key = wanted;
        place = packet.pos();
        length = packet.size();
        fields.completes(packet);
        packet.pts(then.pts().orElse(avutil.AV_NOPTS_VALUE()));
        packet.dts(then.dts().orElse(avutil.AV_NOPTS_VALUE()));
        return true;
    }

    /** Whether packets have presentation times, and not only decoding times. */
    boolean isTimed() {
        return timed;
    }

    /**
     * Hands the packet read last to the decoder.
     *
     * @return 0, or FFmpeg's error number
     */
    int send() {
        if (media.stream().codecpar().codec_id() == avcodec.AV_CODEC_ID_DPX) {
            var head = new byte[Math.min(packet.size(), DpxHeader.BYTES)];
            packet.data().get(head);
            dpx = DpxHeader.of(head);
        }
        packet.opaque(new Tag(last.number()));
        var code = avcodec.avcodec_send_packet(media.decoder(), packet);
        avcodec.av_packet_unref(packet);
        return code;
    }

    /** What the DPX picture read last says of itself. */
    DpxHeader dpx() {
        return dpx;
    }

    /** The packet read last. */
    SentPacket last() {
        return last;
    }

    /** The number of the packet that a picture came from. */
    long number(AVFrame frame) {
        var tag = frame.opaque();
        return tag == null || tag.isNull() ? last.number() : tag.address();
    }

    long packets() {
        return packets;
    }

    boolean drained() {
        return drained;
    }

    /** Whether the container has no times but counts pictures, so that one it leaves out is meant to stay. */
    boolean isCounted() {
        return media.format().equals("avi");
    }

    /** Why a stream ended, if it did not say that it would. */
    Optional<String> silence() {
        return silence;
    }

    /** Pictures that the container left empty behind the last one. */
    long tail() {
        return tail;
    }

    /**
     * What has been found, at the end.
     *
     * @param reported pictures that were found missing before
     */
    EndJudge.Found found(FilmClock clock, long reported) {
        var stream = media.stream().index();
        var file = media.file()
                .map(path -> FileEnds.of(path, media.format(), place + length))
                .orElseGet(() -> new FileEnd.Unknown("is read as it comes"));
        var units = packets;
        if (isCounted() && media.file().isPresent() && place > 0) {
            tail = FileEnds.emptyChunks(media.file().get(), stream, place, length);
            units = last.dts().orElse(last.pts().orElse(packets - 1)) + 1 + tail;
        }
        return new EndJudge.Found(
                packets,
                units,
                failures + reported,
                reach.of(stream),
                reach.othersEnd(stream),
                reach.all(),
                file,
                atTheEnd,
                clock.jumps(),
                frameSeconds,
                clock.endOfAll());
    }

    @Override
    public void close() {
        fields.close();
        if (!packet.isNull()) {
            avcodec.av_packet_free(packet);
            packet.setNull();
        }
    }
}

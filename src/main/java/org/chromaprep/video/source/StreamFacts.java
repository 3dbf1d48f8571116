package org.chromaprep.video.source;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceTraits;
import org.chromaprep.video.ffmpeg.ColourFacts;

/** What FFmpeg reports of a stream, in this room's words. */
final class StreamFacts {
    private static final int AV_FRAME_FLAG_INTERLACED = 1 << 3;
    private static final int MATRIX_ENTRIES = 9;
    private static final String UNKNOWN = "unknown";
    private static final Rational USUAL_RATE = new Rational(25, 1);
    private static final double FASTEST = 300;
    /** Containers whose indexes or counters make the times. */
    private static final Set<String> STEADY = Set.of("mov", "avi");

    private static final Set<Integer> ONE_FRAME_A_PACKET = Set.of(
            avcodec.AV_CODEC_ID_H264,
            avcodec.AV_CODEC_ID_HEVC,
            avcodec.AV_CODEC_ID_MPEG1VIDEO,
            avcodec.AV_CODEC_ID_MPEG2VIDEO);

    private static final Set<Integer> REGULAR_CODECS =
            Set.of(avcodec.AV_CODEC_ID_MPEG1VIDEO, avcodec.AV_CODEC_ID_MPEG2VIDEO, avcodec.AV_CODEC_ID_DVVIDEO);
    private static final Set<String> REGULAR_CONTAINERS = Set.of("mpeg", "mpegts", "mxf", "dv", "gxf");

    private StreamFacts() {}

    static SourceInfo describe(
            OpenInput media, AVFrame first, Orientation orientation, long startPts, SourceTraits traits) {
        var stream = media.stream();
        var colour = ColourFacts.of(first);
        var aspect =
                rational(avformat.av_guess_sample_aspect_ratio(media.container(), stream, first), new Rational(1, 1));
        return new SourceInfo(
                media.name(),
                formatName(media),
                media.codecName(),
                orientation.width(first.width(), first.height()),
                orientation.height(first.width(), first.height()),
                orientation.transposed() ? aspect.inverse() : aspect,
                orientation.rotation(),
                orientation.mirrored(),
                frameRate(media),
                timeBase(media),
                startPts,
                claimedFrames(media),
                claimedSeconds(media),
                colour.formatName(),
                colour.matrixName(),
                colour.fullRange(),
                interlaced(first),
                media.hasAudio(),
                traits);
    }

    /** What the container alone says, of a film without a frame. */
    static SourceInfo describe(OpenInput media, long startPts) {
        var parameters = media.stream().codecpar();
        return new SourceInfo(
                media.name(),
                formatName(media),
                media.codecName(),
                parameters.width(),
                parameters.height(),
                new Rational(1, 1),
                0,
                false,
                frameRate(media),
                timeBase(media),
                startPts,
                claimedFrames(media),
                claimedSeconds(media),
                UNKNOWN,
                UNKNOWN,
                false,
                false,
                media.hasAudio());
    }

    /** Whether a frame's rows were taken at two times. */
    static boolean interlaced(AVFrame frame) {
        return (frame.flags() & AV_FRAME_FLAG_INTERLACED) != 0;
    }

    /** A stored pixel's width over its height, as a frame itself says; 1/1 where it does not. */
    static Rational pixelAspect(AVFrame frame) {
        return rational(frame.sample_aspect_ratio(), new Rational(1, 1));
    }

    private static String formatName(OpenInput media) {
        return media.container().iformat().name().getString();
    }

    /** Seconds a tick of the stream's time stamps. */
    static Rational timeBase(OpenInput media) {
        return rational(media.stream().time_base(), new Rational(1, 1));
    }

    private static OptionalLong claimedFrames(OpenInput media) {
        var claimed = media.stream().nb_frames();
        return claimed > 0 ? OptionalLong.of(claimed) : OptionalLong.empty();
    }

    private static OptionalDouble claimedSeconds(OpenInput media) {
        var stream = media.stream();
        if (stream.duration() > 0) {
            return OptionalDouble.of(stream.duration() * avutil.av_q2d(stream.time_base()));
        }
        var container = media.container();
        return container.duration() > 0
                ? OptionalDouble.of(container.duration() / (double) avutil.AV_TIME_BASE)
                : OptionalDouble.empty();
    }

    /**
     * Frames a second on average; 25 where unknown. FFmpeg's numbers are believed where they can be: of raw DV its average is
     * 60000 and only the other one right, of films without regular times it is the other way round.
     */
    static Rational frameRate(OpenInput media) {
        var stream = media.stream();
        var unknown = new Rational(0, 1);
        var average = rational(stream.avg_frame_rate(), unknown);
        var regular = rational(stream.r_frame_rate(), unknown);
        if (isSane(average) || isSane(regular)) {
            return isSane(average) ? average : regular;
        }
        return average.numerator() > 0 && average.equals(regular) ? average : USUAL_RATE;
    }

    // Cameras for science are faster; films of theirs say so twice.
    private static boolean isSane(Rational rate) {
        return rate.numerator() > 0 && rate.value() <= FASTEST;
    }

    /** How the container's clock may behave. */
    static FilmClock.Rules clockRules(OpenInput media) {
        if (media.file().isEmpty() || STEADY.contains(media.format())) {
            return FilmClock.Rules.STEADY;
        }
        var jumps = (media.container().iformat().flags() & avformat.AVFMT_TS_DISCONT) != 0;
        var bits = media.stream().pts_wrap_bits();
        var round = bits < ClockCounter.ENDLESS
                ? (1L << bits) * avutil.av_q2d(media.stream().time_base())
                : Double.POSITIVE_INFINITY;
        return new FilmClock.Rules(true, jumps, round);
    }

    /** Counts a stream's clock on. */
    static ClockCounter counter(OpenInput media, AVStream stream, OptionalLong start) {
        var near = Math.round(FilmClock.AHEAD / avutil.av_q2d(stream.time_base()));
        return new ClockCounter(media.file().isEmpty() ? ClockCounter.ENDLESS : stream.pts_wrap_bits(), near, start);
    }

    /** Whether a film's kind knows constant rates only: a step that is longer than the others is a hole. */
    static boolean isRegular(OpenInput media) {
        return media.file().isPresent()
                && REGULAR_CODECS.contains(media.stream().codecpar().codec_id())
                && REGULAR_CONTAINERS.contains(media.format());
    }

    /** Whether the decoder owes a frame for every packet. */
    static boolean hasAFrameInEachPacket(OpenInput media) {
        var codec = media.stream().codecpar().codec_id();
        var descriptor = avcodec.avcodec_descriptor_get(codec);
        return ONE_FRAME_A_PACKET.contains(codec)
                || descriptor != null && (descriptor.props() & avcodec.AV_CODEC_PROP_INTRA_ONLY) != 0;
    }

    static Orientation orientation(AVStream stream) {
        return orientation(
                stream.codecpar().coded_side_data(), stream.codecpar().nb_coded_side_data());
    }

    /** The orientation that a container says beside a stream or a group of them. */
    static Orientation orientation(AVPacketSideData all, int count) {
        if (count == 0) {
            return Orientation.UPRIGHT;
        }
        var data = avcodec.av_packet_side_data_get(all, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        return data == null || data.isNull() ? Orientation.UPRIGHT : orientation(data.data(), data.size());
    }

    /** The orientation that a frame brings itself, as photographs do. */
    static Optional<Orientation> orientation(AVFrame frame) {
        var data = avutil.av_frame_get_side_data(frame, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
        return data == null || data.isNull() ? Optional.empty() : Optional.of(orientation(data.data(), data.size()));
    }

    private static Orientation orientation(BytePointer bytes, long size) {
        if (size < (long) MATRIX_ENTRIES * Integer.BYTES) {
            return Orientation.UPRIGHT;
        }
        var matrix = new int[MATRIX_ENTRIES];
        new IntPointer(bytes).get(matrix);
        return Orientation.of(matrix);
    }

    private static Rational rational(AVRational given, Rational otherwise) {
        return given.num() > 0 && given.den() > 0 ? new Rational(given.num(), given.den()) : otherwise;
    }
}

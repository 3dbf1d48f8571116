package org.chromaprep.video.encode;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.source.TrackReader;

/**
 * The sound and the subtitles of a joined film: streams are copied where the container takes them, uncompressed sound made lossless
 * for containers in which few players read it, and others left out with a note. Does not close the reader. One thread.
 */
final class JoinedTracks implements AutoCloseable {
    /** MP4 as players know it has no uncompressed sound; widespread ones take that of 24 bits for one of 16. */
    private static final Set<String> WITHOUT_PCM = Set.of("mp4", "ipod", "psp");

    private static final String ANY = "mkv";
    /** Seconds between sound and picture that people notice: a frame of film. */
    private static final double HEARD = 0.04;

    private final TrackReader reader;
    private final OutputFile file;
    private final String container;
    private final Map<Integer, JoinedTrack> tracks = new HashMap<>();
    private final List<String> notes;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private boolean waits;
    private int suspect = -1;

    /** A stream was taken by the container's header and not by its body, or fails otherwise. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int stream;

        RefusedException(int stream, String reason) {
            super(reason);
            this.stream = stream;
        }

        /** Its number in the source. */
        int stream() {
            return stream;
        }
    }

    /**
     * @param reader stays the caller's
     * @param notes take what cannot be kept as it is
     */
    JoinedTracks(TrackReader reader, OutputFile file, String container, List<String> notes) {
        this.reader = reader;
        this.file = file;
        this.container = container;
        this.notes = notes;
    }

    /** Adds the streams that the container takes, before its header is written. */
    void add(AVCodecParameters video, AVRational videoTime, Map<Integer, String> leftOut) {
        for (var each : reader.streams().entrySet()) {
            if (leftOut.containsKey(each.getKey())) {
                leaveOut(each.getKey(), each.getValue(), leftOut.get(each.getKey()));
            } else {
                add(each.getKey(), each.getValue(), video, videoTime);
            }
        }
    }

    private void add(int index, AVStream source, AVCodecParameters video, AVRational videoTime) {
        var format = Containers.find(container);
        var parameters = source.codecpar();
        if (WITHOUT_PCM.contains(format.name().getString()) && isPcm(parameters)) {
            transcode(index, source);
            return;
        }
        var isKnown = isAttached(source) || Containers.takes(format, parameters.codec_id());
        var refusal = !isKnown
                ? Optional.of("it cannot hold " + name(parameters))
                : isSound(source) && !Containers.tellsTimes(format, parameters)
                        ? Optional.of(
                                "it counts packets of equal length, and those of " + name(parameters) + " are of any")
                        : HeaderTrial.refusal(format, video, videoTime, source);
        if (refusal.isPresent()) {
            leaveOut(index, source, refusal.get());
            return;
        }
        var stream = file.addStream();
        avcodec.avcodec_parameters_copy(stream.codecpar(), parameters);
        stream.codecpar().codec_tag(0);
        Containers.stateBlocks(format, stream.codecpar());
        stream.time_base(source.time_base());
        FilmTags.copy(source, stream, format);
        if (!isAttached(source)) {
            tracks.put(index, new CopiedTrack(file, stream.index(), source));
        }
    }

    private void transcode(int index, AVStream source) {
        var parameters = source.codecpar();
        try {
            var track = TranscodedSound.open(file, parameters, source.time_base());
            var stream = file.addStream();
            track.writeTo(stream);
            FilmTags.copy(source, stream, Containers.find(container));
            tracks.put(index, track);
            notes.add("Sound stream " + index + " (" + name(parameters) + ") was made Apple Lossless"
                    + (TranscodedSound.loses(parameters) ? " of 24 bits" : "")
                    + ", since few players read uncompressed sound in " + container
                    + "; `container` mov or mkv copies it.");
        } catch (EncodingException e) {
            leaveOut(index, source, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isAttached(AVStream stream) {
        return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_ATTACHMENT;
    }

    private static boolean isSound(AVStream stream) {
        return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
    }

    private static boolean isPcm(AVCodecParameters parameters) {
        return name(parameters).startsWith("pcm_") && avutil.av_get_bytes_per_sample(parameters.format()) > 0;
    }

    private void leaveOut(int index, AVStream stream, String reason) {
        var other = container.equals(ANY)
                        || !Containers.takes(
                                Containers.find(ANY), stream.codecpar().codec_id())
                ? "."
                : "; `container` " + ANY + " can.";
        var what = isSound(stream) ? "Sound stream " : isAttached(stream) ? "Attached file " : "Subtitle stream ";
        notes.add(what + index + " (" + name(stream.codecpar()) + ") was left out, since the container " + container
                + " does not take it (" + reason.replaceFirst("\\.$", "") + ")" + other);
    }

    private static String name(AVCodecParameters parameters) {
        return avcodec.avcodec_get_name(parameters.codec_id()).getString();
    }

    /** Streams of sound that are in the joined film. */
    int sounds() {
        return (int) tracks.keySet().stream()
                .filter(index -> isSound(reader.stream(index)))
                .count();
    }

    /** Whether there is another packet of a stream that is kept; {@link #packet} is it then. */
    private boolean waits() {
        while (!waits && reader.read(packet)) {
            waits = tracks.containsKey(packet.stream_index());
            if (!waits) {
                avcodec.av_packet_unref(packet);
            }
        }
        return waits;
    }

    private long time(AVRational timeBase) {
        return avutil.av_rescale_q(packet.pts(), reader.timeBase(packet.stream_index()), timeBase);
    }

    /** When the first packet begins to be heard or seen, in a time base; empty where there is none. */
    Optional<Long> begin(AVRational timeBase) {
        return waits()
                ? Optional.of(time(timeBase) + Math.round(reader.unheard(packet) / avutil.av_q2d(timeBase)))
                : Optional.empty();
    }

    /**
     * Writes the packets that come before a time. Subtitles are written as they come: they may lie far ahead in a file.
     *
     * @param time in the time base given
     * @param origin the time, in the same, that becomes 0
     * @throws RefusedException if the container does not take one
     * @throws EncodingException if the disk is full or the like
     */
    void writeUpTo(long time, long origin, AVRational timeBase) throws RefusedException, EncodingException {
        while (waits() && (time(timeBase) <= time || !isSound(reader.stream(packet.stream_index())))) {
            var index = packet.stream_index();
            var shift = avutil.av_rescale_q(origin, timeBase, reader.timeBase(index));
            packet.pts(packet.pts() - shift).dts(packet.dts() - shift);
            waits = false;
            suspect = index;
            check(Objects.requireNonNull(tracks.get(index)).write(packet));
        }
    }

    /** Writes what the streams hold back, after the last packet. */
    void finish() throws RefusedException, EncodingException {
        var astray = 0.0;
        for (var track : tracks.entrySet()) {
            suspect = track.getKey();
            check(track.getValue().finish());
            astray = Math.max(
                    astray, isSound(reader.stream(suspect)) ? track.getValue().astray() : 0);
        }
        if (JoinTimes.isNumbered(Containers.find(container).name().getString()) && astray >= HEARD) {
            notes.add("The sound is up to " + String.format(Locale.ROOT, "%.2f", astray)
                    + " seconds beside the pictures, since the" + " container " + container
                    + " knows no time of sound that begins late or has gaps; `container` mkv or mp4 does.");
        }
    }

    /** Judges what the container answered, which may be about a packet of sound that it had kept back. */
    void check(int code) throws RefusedException, EncodingException {
        if (code < 0 && suspect >= 0 && file.isOfItself(code)) {
            throw new RefusedException(suspect, file.describe(code));
        }
        file.check(code);
    }

    @Override
    public void close() {
        tracks.values().forEach(JoinedTrack::close);
        avcodec.av_packet_free(packet);
    }
}

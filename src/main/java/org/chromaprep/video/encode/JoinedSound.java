package org.chromaprep.video.encode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.source.SoundReader;

/**
 * The sound of a joined film: streams are copied where the container takes them, uncompressed ones made lossless for
 * containers in which few players read them, and others left out with a note. Closes the reader. One thread.
 */
final class JoinedSound implements AutoCloseable {
    /** MP4 as players know it has no uncompressed sound; widespread ones take that of 24 bits for one of 16. */
    private static final Set<String> WITHOUT_PCM = Set.of("mp4", "ipod", "psp");
    private static final String ANY = "mkv";

    private final SoundReader reader;
    private final OutputFile file;
    private final String container;
    private final Map<Integer, SoundTrack> tracks = new HashMap<>();
    private final List<String> notes;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private boolean waits;
    private int suspect = -1;

    /** A stream of sound was taken by the container's header and not by its body, or fails otherwise. */
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
     * @param reader is closed with this
     * @param notes take what cannot be kept as it is
     */
    JoinedSound(SoundReader reader, OutputFile file, String container, List<String> notes) {
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

    private void add(int index, AVCodecParameters parameters, AVCodecParameters video, AVRational videoTime) {
        var format = Containers.find(container);
        if (WITHOUT_PCM.contains(format.name().getString()) && isPcm(parameters)) {
            transcode(index, parameters);
            return;
        }
        var refusal = Containers.takes(format, parameters.codec_id())
                ? HeaderTrial.refusal(format, video, videoTime, parameters, reader.timeBase(index))
                : Optional.of("it cannot hold " + name(parameters));
        if (refusal.isPresent()) {
            leaveOut(index, parameters, refusal.get());
            return;
        }
        var stream = file.addStream();
        avcodec.avcodec_parameters_copy(stream.codecpar(), parameters);
        stream.codecpar().codec_tag(0);
        stream.time_base(reader.timeBase(index));
        tracks.put(index, new CopiedSound(file, stream.index(), reader.timeBase(index)));
    }

    private void transcode(int index, AVCodecParameters parameters) {
        try {
            var track = TranscodedSound.open(file, parameters, reader.timeBase(index));
            track.writeTo(file.addStream());
            tracks.put(index, track);
            notes.add("Sound stream " + index + " (" + name(parameters) + ") was made Apple Lossless" + (TranscodedSound.loses(parameters)
                    ? " of 24 bits" : "") + ", since few players read uncompressed sound in " + container
                    + "; --container mov or mkv copies it.");
        } catch (EncodingException e) {
            leaveOut(index, parameters, e.getMessage());
        }
    }

    private static boolean isPcm(AVCodecParameters parameters) {
        return name(parameters).startsWith("pcm_") && avutil.av_get_bytes_per_sample(parameters.format()) > 0;
    }

    private void leaveOut(int index, AVCodecParameters parameters, String reason) {
        var other = container.equals(ANY) || !Containers.takes(Containers.find(ANY), parameters.codec_id()) ? "."
                : "; --container " + ANY + " can.";
        notes.add("Sound stream " + index + " (" + name(parameters) + ") was left out, since the container " + container
                + " does not take it (" + reason.replaceFirst("\\.$", "") + ")" + other);
    }

    private static String name(AVCodecParameters parameters) {
        return avcodec.avcodec_get_name(parameters.codec_id()).getString();
    }

    /** Streams that are in the joined film. */
    int streams() {
        return tracks.size();
    }

    /** Whether there is another packet of a stream that is kept; {@link #packet} is it then. */
    boolean waits() {
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

    /** When the packet that waits begins to be heard, in a time base. */
    long heard(AVRational timeBase) {
        return time(timeBase) + Math.round(reader.unheard(packet) / avutil.av_q2d(timeBase));
    }

    /**
     * Writes the packets that come before a time.
     *
     * @param time in the time base given
     * @param origin the time, in the same, that becomes 0
     * @throws RefusedException if the container does not take one
     * @throws EncodingException if the disk is full or the like
     */
    void writeUpTo(long time, long origin, AVRational timeBase) throws RefusedException, EncodingException {
        while (waits() && time(timeBase) <= time) {
            var index = packet.stream_index();
            var shift = avutil.av_rescale_q(origin, timeBase, reader.timeBase(index));
            packet.pts(packet.pts() - shift).dts(packet.dts() - shift);
            waits = false;
            suspect = index;
            check(tracks.get(index).write(packet));
        }
    }

    /** Writes what the streams hold back, after the last packet. */
    void finish() throws RefusedException, EncodingException {
        for (var track : tracks.entrySet()) {
            suspect = track.getKey();
            check(track.getValue().finish());
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
        tracks.values().forEach(SoundTrack::close);
        avcodec.av_packet_free(packet);
        reader.close();
    }
}

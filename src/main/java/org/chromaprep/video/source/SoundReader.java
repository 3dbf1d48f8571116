package org.chromaprep.video.source;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.AudioSource;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;

/**
 * Reads a film's sound packets, as they are, in the file's order, with film time for their time stamps. Whoever opened it closes
 * it. One thread.
 */
public final class SoundReader implements AutoCloseable {
    private final OpenState state = new OpenState("This reader of sound");
    private final OpenInput media;
    private final AudioSource source;
    private final Map<Integer, AVCodecParameters> streams = new LinkedHashMap<>();
    private final Map<Integer, SoundClock> clocks = new HashMap<>();

    /** @throws SourceException if the film cannot be opened */
    public SoundReader(AudioSource source) throws SourceException {
        this.source = source;
        this.media = OpenInput.open(source.path(), source.path().toString(), SourceOptions.DEFAULT);
        var container = media.container();
        for (var index = 0; index < container.nb_streams(); index++) {
            var stream = container.streams(index);
            var isSound = stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
            stream.discard(isSound ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
            if (isSound) {
                streams.put(index, stream.codecpar());
                clocks.put(index, clock(stream));
            }
        }
    }

    private SoundClock clock(AVStream stream) {
        var tick = avutil.av_q2d(stream.time_base());
        var stretches = source.timeline().stretches();
        var start = stretches.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.round(stretches.get(0).from() / tick));
        return new SoundClock(source.timeline(), StreamFacts.clockRules(media), StreamFacts.counter(media, stream, start), tick);
    }

    /** The sound streams by their number in the file. */
    public Map<Integer, AVCodecParameters> streams() {
        state.check();
        return streams;
    }

    public AVRational timeBase(int stream) {
        state.check();
        return media.container().streams(stream).time_base();
    }

    /**
     * Reads the next packet inside the wanted part. What is damaged beyond is left out, as in the film itself.
     *
     * @return whether there was one
     */
    public boolean read(AVPacket packet) {
        state.check();
        while (avformat.av_read_frame(media.container(), packet) >= 0) {
            if (streams.containsKey(packet.stream_index())) {
                var given = FilmClock.known(packet.pts());
                var time = given.isPresent() ? given : FilmClock.known(packet.dts());
                var film = clocks.get(packet.stream_index()).next(time, packet.duration());
                // Sound is decoded in the order in which it is heard.
                packet.pts(film).dts(film);
                var seconds = film * avutil.av_q2d(timeBase(packet.stream_index()));
                if (seconds >= source.start() && seconds < source.end()) {
                    return true;
                }
            }
            avcodec.av_packet_unref(packet);
        }
        return false;
    }

    /** Seconds of a packet's beginning that are only there to be decoded: what a codec needs before it is in tune. */
    public double unheard(AVPacket packet) {
        state.check();
        try (var size = new SizeTPointer(1L)) {
            var data = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, size);
            var rate = streams.get(packet.stream_index()).sample_rate();
            return data == null || data.isNull() || size.get() < Integer.BYTES || rate <= 0 ? 0
                    : Math.max(0, new IntPointer(data).get() / (double) rate);
        }
    }

    @Override
    public void close() {
        if (state.close()) {
            media.close();
        }
    }
}

package org.chromaprep.video.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.Chapter;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.TrackSource;

/**
 * Reads a film's packets of sound and subtitles, as they are, in the file's order, with film time for their time stamps, and what
 * the film says of itself. Whoever opened it closes it. One thread.
 */
public final class TrackReader implements AutoCloseable {
    private final OpenState state = new OpenState("This reader of a film's tracks");
    private final OpenInput media;
    private final TrackSource source;
    private final Map<Integer, AVStream> streams = new LinkedHashMap<>();
    private final Map<Integer, SoundClock> clocks = new HashMap<>();
    private final Map<Integer, TextClock> texts = new HashMap<>();

    /** @throws SourceException if the film cannot be opened */
    public TrackReader(TrackSource source) throws SourceException {
        this.source = source;
        this.media = OpenInput.open(source.path(), source.path().toString(), SourceOptions.DEFAULT);
        for (var index = 0; index < container().nb_streams(); index++) {
            var stream = container().streams(index);
            var kind = stream.codecpar().codec_type();
            var isSound = kind == avutil.AVMEDIA_TYPE_AUDIO;
            var isText = kind == avutil.AVMEDIA_TYPE_SUBTITLE;
            stream.discard(isSound || isText ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
            if (isSound || isText || kind == avutil.AVMEDIA_TYPE_ATTACHMENT) {
                streams.put(index, stream);
            }
            if (isSound) {
                clocks.put(
                        index,
                        new SoundClock(
                                source.timeline(), StreamFacts.clockRules(media), counter(stream), tick(stream)));
            } else if (isText) {
                texts.put(index, new TextClock(source.timeline(), counter(stream), tick(stream)));
            }
        }
    }

    private AVFormatContext container() {
        return media.container();
    }

    private ClockCounter counter(AVStream stream) {
        var stretches = source.timeline().stretches();
        var start = stretches.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(stretches.get(0).from() / tick(stream)));
        return StreamFacts.counter(media, stream, start);
    }

    private static double tick(AVStream stream) {
        return avutil.av_q2d(stream.time_base());
    }

    /** The streams of sound and subtitles, and the attached files, by their number in the file. */
    public Map<Integer, AVStream> streams() {
        state.check();
        return streams;
    }

    /** One of the film's streams, by its number in the file. */
    public AVStream stream(int number) {
        state.check();
        return container().streams(number);
    }

    /** The streams' time base. */
    public AVRational timeBase(int stream) {
        state.check();
        return container().streams(stream).time_base();
    }

    /** What the film says of itself: its title and the like. Belongs to the film. */
    public AVDictionary tags() {
        state.check();
        return container().metadata();
    }

    /** The film's chapters, in film time. */
    public List<Chapter> chapters() {
        state.check();
        var chapters = new ArrayList<Chapter>();
        var stretches = source.timeline().stretches();
        var shift = stretches.isEmpty() ? 0 : stretches.get(0).shift();
        for (var index = 0; index < container().nb_chapters(); index++) {
            var chapter = container().chapters(index);
            var tick = avutil.av_q2d(chapter.time_base());
            chapters.add(new Chapter(
                    chapter.start() * tick + shift,
                    chapter.end() * tick + shift,
                    Timecodes.tag(chapter.metadata(), "title").orElse("")));
        }
        return chapters;
    }

    /** What is in the file beside pictures, sound, subtitles and attached files, but for time codes: covers and data. */
    public List<String> others() {
        state.check();
        var names = new ArrayList<String>();
        for (var index = 0; index < container().nb_streams(); index++) {
            var stream = container().streams(index);
            if (VideoTrack.isCover(stream)) {
                names.add("its cover");
            } else if (stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_DATA
                    && Timecodes.tag(stream.metadata(), Timecodes.KEY).isEmpty()) {
                names.add("stream " + index + " of data");
            }
        }
        return names;
    }

    /**
     * Reads the next packet inside the wanted part. What is damaged beyond is left out, as in the film itself.
     *
     * @return whether there was one
     */
    public boolean read(AVPacket packet) {
        state.check();
        while (avformat.av_read_frame(container(), packet) >= 0) {
            var time = filmTime(packet);
            if (time.isPresent()) {
                // Sound is decoded in the order in which it is heard.
                packet.pts(time.getAsLong()).dts(time.getAsLong());
                var seconds = time.getAsLong() * avutil.av_q2d(timeBase(packet.stream_index()));
                if (seconds >= source.start() && seconds < source.end()) {
                    return true;
                }
            }
            avcodec.av_packet_unref(packet);
        }
        return false;
    }

    /** In ticks of the stream; empty for streams that are not read. */
    private OptionalLong filmTime(AVPacket packet) {
        var given = FilmClock.known(packet.pts());
        var time = given.isPresent() ? given : FilmClock.known(packet.dts());
        var sound = clocks.get(packet.stream_index());
        if (sound != null) {
            return OptionalLong.of(sound.next(time, packet.duration()));
        }
        var text = texts.get(packet.stream_index());
        return text == null ? OptionalLong.empty() : OptionalLong.of(text.next(time, reached()));
    }

    private int reached() {
        return clocks.values().stream().mapToInt(SoundClock::stretch).max().orElse(0);
    }

    /** Seconds of a packet's beginning that are only there to be decoded: what a codec needs before it is in tune. */
    public double unheard(AVPacket packet) {
        state.check();
        try (var size = new SizeTPointer(1L)) {
            var data = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, size);
            var rate = stream(packet.stream_index()).codecpar().sample_rate();
            return data == null || data.isNull() || size.get() < Integer.BYTES || rate <= 0
                    ? 0
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

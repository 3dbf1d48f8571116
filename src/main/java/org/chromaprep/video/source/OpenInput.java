package org.chromaprep.video.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.video.DecodingException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.container.FileEnd;
import org.chromaprep.video.container.FileEnds;
import org.chromaprep.video.ffmpeg.Demuxers;
import org.chromaprep.video.ffmpeg.FfmpegErrors;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/** An open container, its video stream and that stream's decoder. Whoever opened it closes it. One thread. */
final class OpenInput implements AutoCloseable {
    private static final long PROBE_BYTES = 8L << 20;
    private static final int MAX_STREAMS = 256;
    private static final int PATIENCES_TO_A_PICTURE = 3;
    /** No frame within the limit needs more at a time, but an index may claim any number of frames. */
    private static final long LARGEST_BLOCK = 1L << 30;
    /** The name of no protocol: the file itself is open already, and a container may open nothing else. */
    private static final String NOTHING = "none";

    private static final String AVI = "avi";
    /** Containers that count the frames of each stream, or its seconds, and are read faster without the others. */
    private static final Set<String> SELF_EVIDENT = Set.of("mov", AVI, "mxf");

    private final String name;
    private final Optional<Path> file;
    private final Optional<Watchdog> watchdog;
    private final Duration patience;
    private final AVIOContext io = new AVIOContext(null);
    private AVFormatContext container = new AVFormatContext(null);
    private AVStream stream = new AVStream(null);
    private Optional<StreamDecoder> decoder = Optional.empty();
    private Claims claims = Claims.NONE;
    private SourceOptions options = SourceOptions.DEFAULT;
    private final List<String> notes = new ArrayList<>();

    OpenInput(String name) {
        this(name, Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    private OpenInput(String name, Path file) {
        this(name, Optional.of(file), Optional.empty(), Duration.ZERO);
    }

    /**
     * @param watchdog ends waiting for data; stays the caller's
     * @param patience how long nothing may come
     */
    OpenInput(String name, Watchdog watchdog, Duration patience) {
        this(name, Optional.empty(), Optional.of(watchdog), patience);
    }

    private OpenInput(String name, Optional<Path> file, Optional<Watchdog> watchdog, Duration patience) {
        this.name = name;
        this.file = file;
        this.watchdog = watchdog;
        this.patience = patience;
    }

    /**
     * Opens a local file. Its content alone decides what it is, its name is taken literally, and nothing else is opened
     * on its behalf.
     */
    static OpenInput open(Path file, String name, SourceOptions options) throws SourceException {
        ReadableFile.check(file, name);
        return opened(new OpenInput(name, file), options, media -> {
            // A clock that runs over, or jumps, is followed by FilmClock; FFmpeg takes the one for the other.
            media.container.correct_ts_overflow(0);
            var failure = avformat.avio_open2(
                    media.io, "file:" + file.toAbsolutePath(), avformat.AVIO_FLAG_READ, null, (AVDictionary) null);
            media.check(failure, "cannot be opened", "check the path and its permissions");
            var seekable = media.io.seekable();
            if (FileEnds.of(file, AVI, 0) instanceof FileEnd.Cut) {
                // By what is left of a cut index FFmpeg would leave out frames that
                // are there; it reads none where it cannot seek.
                media.io.seekable(0);
            }
            media.container.pb(media.io);
            limit(media.container, "protocol_whitelist", NOTHING);
            limit(media.container, "format_whitelist", Demuxers.allowed());
            failure = avformat.avformat_open_input(media.container, "", null, (AVDictionary) null);
            if (FfmpegLog.complaints()
                    .filter(said -> said.contains("not on whitelist"))
                    .isPresent()) {
                throw new SourceException(
                        name + " is a list of films or addresses, or the like, which is not followed; name"
                                + " the films themselves.");
            }
            media.io.seekable(seekable);
            media.check(
                    failure,
                    "is not a film or picture that FFmpeg can read, or is damaged at its start",
                    "play it in another program to see whether it is whole");
        });
    }

    /** Opens the container that a media file holds. */
    interface Opening {
        void open(OpenInput media) throws SourceException;
    }

    /** Opens a container and its video's decoder; closes the media if either fails. */
    static OpenInput opened(OpenInput media, SourceOptions options, Opening opening) throws SourceException {
        FfmpegLog.listen();
        FfmpegLog.forget();
        avutil.av_max_alloc(LARGEST_BLOCK);
        var done = false;
        try {
            media.container = avformat.avformat_alloc_context();
            media.container.probesize(PROBE_BYTES).max_streams(MAX_STREAMS);
            opening.open(media);
            var headers = Claims.Headers.of(media.container);
            media.options = options;
            media.openStream(options);
            media.claims = Claims.of(media.format(), media.stream, media.file, headers);
            done = true;
            return media;
        } finally {
            if (!done) {
                media.close();
            }
        }
    }

    private static void limit(AVFormatContext container, String option, String value) {
        avutil.av_opt_set(container, option, value, 0);
    }

    private void openStream(SourceOptions wanted) throws SourceException {
        check(
                avformat.avformat_find_stream_info(container, (PointerPointer<?>) null),
                "has no readable streams",
                "play it in another program to see whether it is whole");
        var track = VideoTrack.choose(container, name, wanted.reading().videoTrack());
        track.note().ifPresent(notes::add);
        stream = container.streams(track.stream());
        for (var other = 0; other < container.nb_streams(); other++) {
            if (other != track.stream() && !isWitness(container.streams(other))) {
                container.streams(other).discard(avcodec.AVDISCARD_ALL);
            }
        }
        decoder = Optional.of(StreamDecoder.open(stream, name, wanted, this::check));
    }

    /** Whether other streams are read, too: where a container counts no frames, sound and text show how far the film goes. */
    boolean hasWitnesses() {
        return file.isPresent() && !SELF_EVIDENT.contains(format());
    }

    private boolean isWitness(AVStream other) {
        var type = other.codecpar().codec_type();
        return hasWitnesses() && (type == avutil.AVMEDIA_TYPE_AUDIO || type == avutil.AVMEDIA_TYPE_SUBTITLE);
    }

    boolean hasAudio() {
        return VideoTrack.hasAudio(container);
    }

    String codecName() {
        return StreamDecoder.codecName(stream);
    }

    String name() {
        return name;
    }

    /** The file that is read, where it is one. */
    Optional<Path> file() {
        return file;
    }

    /** The first of FFmpeg's names of the container. */
    String format() {
        return container.iformat().name().getString().split(",")[0];
    }

    /** How it was opened. */
    SourceOptions options() {
        return options;
    }

    /** Sentences about what was chosen. */
    List<String> notes() {
        var all = new ArrayList<>(notes);
        if (decoder.filter(StreamDecoder::isLeftToProcessor).isPresent()) {
            all.add(name + " is coded as " + codecName()
                    + " in a way that the graphics card does not decode; the processor decodes it.");
        }
        return all;
    }

    /** What the container claims about the video stream. */
    Claims claims() {
        return claims;
    }

    AVFormatContext container() {
        return container;
    }

    AVStream stream() {
        return stream;
    }

    AVCodecContext decoder() {
        return decoder.orElseThrow().context();
    }

    /**
     * Fetches a decoded frame from where it is.
     *
     * @throws DecodingException if the graphics card fails
     */
    void fetch(AVFrame frame) {
        decoder.orElseThrow().fetch(frame);
    }

    /** How long a stream has to give a picture; empty for what has all time. A key frame may take longer than any packet. */
    Optional<Duration> opening() {
        return isStream() ? Optional.of(patience.multipliedBy(PATIENCES_TO_A_PICTURE)) : Optional.empty();
    }

    /** How long nothing may come. */
    Duration patience() {
        return patience;
    }

    /** Whether it is sent to us as it happens: it cannot be read past a failure. */
    boolean isStream() {
        return watchdog.isPresent();
    }

    /** Reads the next packet of any stream; gives up a source that has been silent for too long. */
    int read(AVPacket packet) {
        watchdog.ifPresent(each -> each.allow(patience));
        var code = avformat.av_read_frame(container, packet);
        file.ifPresent(this::checkDisk);
        return code < 0 && container.pb() != null && isEnd(code, container.pb()) ? avutil.AVERROR_EOF() : code;
    }

    // Containers take a read that failed for the end of the film, or for damage.
    private void checkDisk(Path path) {
        var failure = io.error();
        if (failure >= 0 || failure == avutil.AVERROR_EOF()) {
            return;
        }
        var fault = DiskTrouble.of(path, io.pos());
        if (fault != DiskTrouble.Fault.PLACE) {
            throw new UnreadableDisk(SourceException.ofTheDisk(name
                    + (fault == DiskTrouble.Fault.DISK
                            ? " can no longer be read (" + FfmpegErrors.describe(failure)
                                    + "): its disk is gone or does not answer; bring it back and run the same command again."
                            : " could not be read for a moment (" + FfmpegErrors.describe(failure)
                                    + "); the same command continues from what is committed.")));
        }
        io.error(0);
    }

    // FFmpeg takes two ends for failures: that of pictures in HTTP parts where the last boundary is like the others, as
    // its own are, and that of an HTTP answer of unknown length, whose end is that of the connection.
    private boolean isEnd(int code, AVIOContext input) {
        if (code == avutil.AVERROR_INVALIDDATA()) {
            return container.iformat().name().getString().equals("mpjpeg")
                    && input.eof_reached() != 0
                    && input.error() == 0;
        }
        return code == avutil.AVERROR_EIO()
                && input.error() == code
                && name.startsWith("http")
                && avformat.avio_size(input) < 0;
    }

    /** Why a read of a stream failed. */
    String silence(int code) {
        return watchdog.filter(Watchdog::expired)
                .map(each -> "it sent nothing for too long")
                .orElseGet(() -> FfmpegErrors.describe(code));
    }

    /** Why the container failed. Of streams only the number's meaning is reported: complaints may have passwords in them. */
    String describe(int code) {
        return isStream() ? FfmpegErrors.describe(code) : FfmpegLog.describe(code);
    }

    void check(int code, String problem, String remedy) throws SourceException {
        if (code < 0) {
            throw new SourceException(name + " " + problem + " (" + describe(code) + "); " + remedy + ".");
        }
    }

    @Override
    public void close() {
        decoder.ifPresent(StreamDecoder::close);
        if (!container.isNull()) {
            avformat.avformat_close_input(container);
            container.setNull();
        }
        if (!io.isNull()) {
            avformat.avio_closep(io);
            io.setNull();
        }
    }
}

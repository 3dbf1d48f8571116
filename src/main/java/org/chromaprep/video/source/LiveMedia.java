package org.chromaprep.video.source;

import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.StreamAddress;
import org.chromaprep.video.camera.Cameras;
import org.chromaprep.video.ffmpeg.Demuxers;
import org.chromaprep.video.ffmpeg.FfmpegErrors;

/** Opens what is no file: cameras, streams and the standard input. */
final class LiveMedia {
    /** Longer looks at a stream only make its first picture older. */
    private static final long ANALYSE_MICROS = 2_000_000;

    private LiveMedia() {}

    /**
     * Opens a stream, and on its behalf nothing but what its scheme needs.
     *
     * @param watchdog ends waiting; the caller's, and in use until the media is closed
     */
    static OpenInput stream(StreamAddress address, SourceOptions options, Watchdog watchdog) throws SourceException {
        return OpenInput.opened(
                new OpenInput(address.shown(), watchdog, options.capture().readTimeout()), options, media -> {
                    watchdog.allow(options.capture().connectTimeout());
                    var container = media.container();
                    container.interrupt_callback().callback(watchdog);
                    container.max_analyze_duration(ANALYSE_MICROS);
                    var failure =
                            open(media, address.url(), new AVInputFormat(null), address.options(options.capture()));
                    if (watchdog.expired()) {
                        throw new SourceException(address.shown() + " did not answer within "
                                + options.capture().connectTimeout().toMillis() / 1000.0
                                + " s; check the address, or raise `connect-timeout`.");
                    }
                    media.check(failure, "cannot be opened", "check the address and whether it is being sent");
                });
    }

    /** Opens a camera by FFmpeg's device of this system. */
    static OpenInput camera(String name, String device, SourceOptions options, Watchdog watchdog)
            throws SourceException {
        var cameras = new Cameras();
        var opening = cameras.opening(name, device, options.capture());
        return OpenInput.opened(new OpenInput(name, watchdog, options.capture().readTimeout()), options, media -> {
            watchdog.allow(options.capture().connectTimeout());
            media.container().interrupt_callback().callback(watchdog);
            var failure = open(media, opening.url(), opening.format(), opening.options());
            if (failure < 0) {
                throw cameras.missing(name, opening.url(), FfmpegErrors.describe(failure));
            }
        });
    }

    /** Opens the standard input, which is read as it comes. */
    static OpenInput standardInput(String name, SourceOptions options) throws SourceException {
        return OpenInput.opened(new OpenInput(name), options, media -> {
            var failure = open(
                    media,
                    "pipe:0",
                    new AVInputFormat(null),
                    Map.of("protocol_whitelist", "pipe", "format_whitelist", Demuxers.allowed()));
            media.check(
                    failure,
                    "is not a film that FFmpeg can read from a pipe",
                    "send one that needs no seeking, such as MPEG-TS, Matroska or Y4M");
        });
    }

    /** @param format a null pointer where FFmpeg is to find it out */
    private static int open(OpenInput media, String url, AVInputFormat format, Map<String, String> options) {
        var dictionary = new AVDictionary(null);
        try {
            options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
            return avformat.avformat_open_input(media.container(), url, format, dictionary);
        } finally {
            avutil.av_dict_free(dictionary);
        }
    }
}

package org.chromaprep.video.ffmpeg;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Which of FFmpeg's containers a local file may be. */
public final class Demuxers {
    /**
     * Play lists and the like, which would open further files or addresses that the user did not name, and text art, as
     * which FFmpeg would take any text file.
     */
    private static final Set<String> REFUSED = Set.of(
            "hls",
            "concat",
            "concatf",
            "dash",
            "sdp",
            "rtsp",
            "rtp",
            "sap",
            "image2",
            "imf",
            "webm_dash_manifest",
            "bluray",
            "dvdvideo",
            "avisynth",
            "vapoursynth",
            "libgme",
            "libopenmpt",
            "libmodplug",
            "tty",
            "bin",
            "xbin",
            "adf",
            "idf",
            "vobsub");

    private Demuxers() {}

    /** The names of all others, as FFmpeg's option wants them. */
    public static String allowed() {
        try (var state = new PointerPointer<Pointer>(1L)) {
            state.put(0, (Pointer) null);
            return Stream.<AVInputFormat>generate(() -> avformat.av_demuxer_iterate(state))
                    .takeWhile(format -> format != null && !format.isNull())
                    .filter(format -> (format.flags() & avformat.AVFMT_NOFILE) == 0)
                    .map(format -> format.name().getString())
                    .filter(names -> Stream.of(names.split(",")).noneMatch(REFUSED::contains))
                    .collect(Collectors.joining(","));
        }
    }
}

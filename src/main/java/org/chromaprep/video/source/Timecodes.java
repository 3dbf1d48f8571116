package org.chromaprep.video.source;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Finds the time code of a film's first picture: of the picture itself (DPX), of its track (a QuickTime time code track, a
 * Matroska tag), of the file (MXF, AVI), or of any other track. Stateless.
 */
final class Timecodes {
    private static final Pattern TIMECODE = Pattern.compile("\\d\\d:\\d\\d:\\d\\d[:;.,]\\d\\d+");
    static final String KEY = "timecode";

    private Timecodes() {}

    static Optional<String> of(AVFormatContext container, AVStream stream, AVFrame first) {
        var found = tag(first.metadata(), KEY)
                .or(() -> tag(stream.metadata(), KEY))
                .or(() -> tag(container.metadata(), KEY));
        for (var index = 0; found.isEmpty() && index < container.nb_streams(); index++) {
            found = tag(container.streams(index).metadata(), KEY);
        }
        return found.filter(text -> TIMECODE.matcher(text).matches());
    }

    /** The value of a tag. */
    static Optional<String> tag(AVDictionary tags, String key) {
        if (tags == null || tags.isNull()) {
            return Optional.empty();
        }
        var entry = avutil.av_dict_get(tags, key, null, 0);
        return entry == null || entry.isNull()
                ? Optional.empty()
                : Optional.of(entry.value().getString(StandardCharsets.UTF_8));
    }
}

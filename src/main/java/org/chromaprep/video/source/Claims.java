package org.chromaprep.video.source;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.container.FileEnds;

/**
 * What a container claims about its video stream's length. Guesses that FFmpeg makes of what is there are no claims: they
 * say nothing of what is missing.
 *
 * @param index frames that an index of every frame has, which is read with the container
 * @param frames that a header counts
 * @param own seconds of this stream alone
 * @param ownName who says so
 * @param whole seconds of the longest stream
 * @param wholeName who says so
 */
record Claims(
        OptionalLong index,
        OptionalLong frames,
        OptionalDouble own,
        String ownName,
        OptionalDouble whole,
        String wholeName) {
    /** Containers whose streams have durations of their own. */
    private static final Set<String> OWN_DURATIONS = Set.of("mov", "mxf", "gxf", "rm");
    /** Containers whose header counts frames. */
    private static final Set<String> COUNTS = Set.of("avi", "ivf");
    /** Containers whose duration FFmpeg takes from time stamps. */
    private static final Set<String> MEASURED = Set.of("mpegts", "mpeg", "ogg", "nut", "gif", "yuv4mpegpipe", "wtv");
    /** Containers whose own number FFmpeg corrects by what it finds, or does not distinguish from such a one. */
    private static final Set<String> UNTOLD = Set.of("asf", "flv");

    private static final Pattern CLOCK = Pattern.compile("(\\d{1,4}):(\\d\\d):(\\d\\d(?:\\.\\d{1,12})?)");
    private static final String MATROSKA = "matroska";
    private static final Map<String, String> LABELS =
            Map.of(MATROSKA, "Matroska segment's", "asf", "ASF", "flv", "FLV");

    /** Of what has no container. */
    static final Claims NONE = new Claims(
            OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty(), "", OptionalDouble.empty(), "");

    /** What headers alone say, before FFmpeg looks further. */
    record Headers(OptionalDouble whole, OptionalDouble[] streams, long[] entries) {
        static Headers of(AVFormatContext container) {
            var streams = new OptionalDouble[container.nb_streams()];
            var entries = new long[streams.length];
            for (var index = 0; index < streams.length; index++) {
                var stream = container.streams(index);
                streams[index] = stream.duration() > 0
                        ? OptionalDouble.of(stream.duration() * avutil.av_q2d(stream.time_base()))
                        : OptionalDouble.empty();
                entries[index] = avformat.avformat_index_get_entries_count(stream);
            }
            return new Headers(
                    container.duration() > 0
                            ? OptionalDouble.of(container.duration() / (double) avutil.AV_TIME_BASE)
                            : OptionalDouble.empty(),
                    streams,
                    entries);
        }
    }

    /**
     * @param format the container's first name
     * @param stream the video's, all of whose facts have been found
     * @param file that it is read from, where it is one
     * @param headers of the same container
     */
    static Claims of(String format, AVStream stream, Optional<Path> file, Headers headers) {
        var isMov = format.equals("mov");
        var index = stream.index() < headers.entries().length && format.equals("avi")
                ? OptionalLong.of(headers.entries()[stream.index()])
                : OptionalLong.empty();
        var frames = COUNTS.contains(format) && stream.nb_frames() > 0
                ? OptionalLong.of(stream.nb_frames())
                : OptionalLong.empty();
        var own = OptionalDouble.empty();
        var ownName = "";
        if (format.equals(MATROSKA)) {
            own = trackDuration(stream, headers);
            ownName = "the track's DURATION tag";
        } else if (OWN_DURATIONS.contains(format) && stream.index() < headers.streams().length) {
            own = headers.streams()[stream.index()];
            ownName = "the track's header";
        }
        var whole = MEASURED.contains(format) ? OptionalDouble.empty() : headers.whole();
        if (UNTOLD.contains(format)) {
            whole = file.map(path -> FileEnds.claimedSeconds(path, format)).orElse(OptionalDouble.empty());
        }
        return new Claims(
                index,
                frames,
                own,
                ownName,
                isMov ? OptionalDouble.empty() : whole,
                "the " + LABELS.getOrDefault(format, format) + " header");
    }

    /** The same once the film has been read: the index of a film in fragments grows with them. */
    Claims read(String format, AVStream stream) {
        return format.equals("mov")
                ? new Claims(
                        OptionalLong.of(avformat.avformat_index_get_entries_count(stream)),
                        frames,
                        own,
                        ownName,
                        whole,
                        wholeName)
                : this;
    }

    // Tags outlive a file's re-making by another program; what cannot be true of this file is of another one.
    private static OptionalDouble trackDuration(AVStream stream, Headers headers) {
        var tag =
                Timecodes.tag(stream.metadata(), "DURATION").or(() -> Timecodes.tag(stream.metadata(), "DURATION-eng"));
        var seconds = tag.map(CLOCK::matcher)
                .filter(Matcher::matches)
                .map(match -> Integer.parseInt(match.group(1)) * 3600
                        + Integer.parseInt(match.group(2)) * 60
                        + Double.parseDouble(match.group(3)));
        var longest = headers.whole().orElse(Double.POSITIVE_INFINITY) + 0.1;
        return seconds.filter(each -> each > 0 && each <= longest)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }
}

package org.chromaprep.video.encode;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.video.Timecode;
import org.chromaprep.video.TrackSource;

/**
 * What {@link VideoJoiner} is to join.
 *
 * @param segments files of {@link VideoWriter} in the order of their frames; ones without a frame are passed over
 * @param frames how many frames they hold together; fewer mean that one of them is damaged
 * @param video the settings that every segment was written with
 * @param origin the time stamp, in ticks of the video's time base, that becomes 0 in the joined film; empty for 0, or for the
 *     first sound's where that is earlier
 * @param end where the last frame ends, in ticks of the video's time base before the shift; without it the last frame
 *     lasts as long as the one before
 * @param tracks the film whose sound, subtitles, chapters and titles are taken along
 * @param timecode of the time stamp 0; empty where the film has none
 * @param out the joined film; an existing file is replaced, once the new one is complete
 * @param container FFmpeg's name of a container or its usual file ending: {@code mp4}, {@code mkv}, {@code webm}
 */
public record JoinPlan(
        List<Path> segments,
        long frames,
        EncoderSettings video,
        OptionalLong origin,
        OptionalLong end,
        Optional<TrackSource> tracks,
        Optional<Timecode> timecode,
        Path out,
        String container) {
    public JoinPlan {
        segments = List.copyOf(segments);
    }

    /** Of a film without time code. */
    public JoinPlan(
            List<Path> segments,
            long frames,
            EncoderSettings video,
            OptionalLong origin,
            OptionalLong end,
            Optional<TrackSource> tracks,
            Path out,
            String container) {
        this(segments, frames, video, origin, end, tracks, Optional.empty(), out, container);
    }
}

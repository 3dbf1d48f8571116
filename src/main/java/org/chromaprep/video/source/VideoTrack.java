package org.chromaprep.video.source;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.video.SourceException;

/**
 * Which of a container's streams is the film.
 *
 * @param stream its index
 * @param note that there are others, where nobody said which one is meant
 */
record VideoTrack(int stream, Optional<String> note) {
    private static final int AV_DISPOSITION_ATTACHED_PIC = 1 << 10;

    /**
     * Chooses a track.
     *
     * @param container whose streams are known
     * @param name of the film, for sentences
     * @param wanted counted from 0 among the tracks with moving pictures; empty for the best
     * @throws SourceException if there is none, or not the wanted one
     */
    static VideoTrack choose(AVFormatContext container, String name, OptionalInt wanted) throws SourceException {
        var tracks = IntStream.range(0, container.nb_streams())
                .filter(index -> container.streams(index).codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO
                        && !isCover(container.streams(index)))
                .toArray();
        if (tracks.length == 0) {
            throw new SourceException(
                    name + (hasAudio(container) ? " has sound but no moving picture" : " has no video stream")
                            + "; name a film or a picture.");
        }
        if (wanted.isPresent() && wanted.getAsInt() >= tracks.length) {
            throw new SourceException(
                    name + " has " + tracks.length + (tracks.length == 1 ? " video track" : " video tracks")
                            + ", so that there is no `video-track` " + wanted.getAsInt() + "; they count from 0.");
        }
        var best =
                avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
        var chosen = wanted.orElseGet(() -> IntStream.range(0, tracks.length)
                .filter(index -> tracks[index] == best)
                .findFirst()
                .orElse(0));
        var isGuess = tracks.length > 1 && wanted.isEmpty() && container.nb_stream_groups() == 0;
        return new VideoTrack(
                tracks[chosen],
                Optional.of(name + " has " + tracks.length + " video tracks, of which number " + chosen
                                + " is taken; `video-track` takes another.")
                        .filter(note -> isGuess));
    }

    /** Covers of albums are no films, and pictures beside a film are none either. */
    static boolean isCover(AVStream stream) {
        return (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
    }

    /** Whether a container holds sound. */
    static boolean hasAudio(AVFormatContext container) {
        return IntStream.range(0, container.nb_streams())
                .anyMatch(index -> container.streams(index).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO);
    }
}

package org.chromaprep.pipeline;

import java.util.Locale;
import java.util.Optional;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.video.Approach;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.VideoSource;

/**
 * Brings a film's reader behind what an earlier run has written: by the container's index, or else past everything before without
 * decoding it; and where what it finds there is not what was read then, to the film's beginning. Closes the films that it opens; the
 * first one stays the caller's, who may close it though it is closed. One thread.
 */
final class FilmEntrance implements AutoCloseable {
    private final VideoSource first;
    private final Opening again;
    private final FilmProgress progress;
    private Optional<VideoSource> other = Optional.empty();

    /** Opens the film once more. */
    interface Opening {
        VideoSource open() throws SourceException;
    }

    /** @param film just opened */
    FilmEntrance(VideoSource film, Opening again, FilmProgress progress) {
        this.first = film;
        this.again = again;
        this.progress = progress;
    }

    /** The film: behind the place, or at its beginning. */
    VideoSource film() {
        return other.orElse(first);
    }

    /**
     * Enters the film.
     *
     * @param memory what a run remembers there
     * @return whether the film is there
     * @throws SourceException if it cannot be read
     */
    boolean enter(ResumeState memory) throws SourceException {
        var place = memory.entrance();
        if (place.isEmpty()) {
            return false;
        }
        for (var approach : Approach.values()) {
            if (film().enter(place.get(), approach)) {
                progress.note(sentence(approach, memory.nextFrame()));
                return true;
            }
            film().close();
            other = Optional.of(again.open());
        }
        progress.note(String.format(
                Locale.ROOT,
                "other pictures come before frame %,d than in the run before where the film is entered in its midst; it is read"
                        + " from its beginning",
                memory.nextFrame()));
        return false;
    }

    static String sentence(Approach approach, long frame) {
        return String.format(
                Locale.ROOT,
                approach == Approach.SEEK
                        ? "continues at frame %,d, which it has found by seeking"
                        : "continues at frame %,d, which it has found by reading up to there without decoding",
                frame);
    }

    @Override
    public void close() {
        other.ifPresent(VideoSource::close);
    }
}

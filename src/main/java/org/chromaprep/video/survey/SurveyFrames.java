package org.chromaprep.video.survey;

import java.nio.file.Path;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.SourceTraits;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.source.FilmSearch;
import org.chromaprep.video.source.Sources;

/** Some of a film's frames, from all over it where it can be searched. The owner closes it. One thread. */
abstract class SurveyFrames implements AutoCloseable {
    /** Films shorter than this are read through. */
    static final double SHORT_SECONDS = 30;

    /** Pictures' columns as shown. */
    abstract int width();

    /** Pictures' rows as shown. */
    abstract int height();

    /** What else is known of the film. */
    abstract SourceTraits traits();

    /** Reads another frame. */
    abstract boolean next(Picture into) throws SourceException;

    @Override
    public abstract void close();

    static SurveyFrames of(SourceInput input, SourceOptions options, int wanted) throws SourceException {
        var source = Sources.open(input, options);
        var seconds = source.info().durationSeconds().orElse(0);
        if (input.localFile().isPresent() && seconds > SHORT_SECONDS) {
            var info = source.info();
            source.close();
            return new Searched(input.localFile().get(), options, info, wanted);
        }
        return source.enterable() ? new Entered(source, wanted) : new ReadThrough(source, wanted);
    }

    /** Frames evenly spread over a film that can be entered anywhere. */
    private static final class Entered extends SurveyFrames {
        private final VideoSource source;
        private final long frames;
        private final long step;
        private long place;

        Entered(VideoSource source, int wanted) {
            this.source = source;
            frames = source.info().frameEstimate().orElse(1);
            step = Math.max(1, frames / wanted);
        }

        @Override
        int width() {
            return source.info().width();
        }

        @Override
        int height() {
            return source.info().height();
        }

        @Override
        SourceTraits traits() {
            return source.info().traits();
        }

        @Override
        boolean next(Picture into) throws SourceException {
            while (place < frames) {
                source.enter(place, place);
                place += step;
                if (source.read(into) instanceof FrameRead) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** Every n-th frame of the film's beginning. */
    private static final class ReadThrough extends SurveyFrames {
        private static final int LONGEST = 1500;
        private static final int USUAL_STEP = 8;

        private final VideoSource source;
        private final long step;
        private long read;

        ReadThrough(VideoSource source, int wanted) {
            this.source = source;
            var estimate = source.info().frameEstimate();
            step = estimate.isPresent() ? Math.max(1, Math.min(LONGEST, estimate.getAsLong()) / wanted) : USUAL_STEP;
        }

        @Override
        int width() {
            return source.info().width();
        }

        @Override
        SourceTraits traits() {
            return source.info().traits();
        }

        @Override
        int height() {
            return source.info().height();
        }

        @Override
        boolean next(Picture into) throws SourceException {
            while (read < LONGEST) {
                var result = source.read(into);
                if (result instanceof EndOfStream) {
                    return false;
                }
                if (result instanceof FrameRead && read++ % step == 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** The frames nearest to evenly spread times. */
    private static final class Searched extends SurveyFrames {
        private final Path film;
        private final SourceOptions options;
        private final SourceInfo info;
        private final int wanted;
        private int next;

        Searched(Path film, SourceOptions options, SourceInfo info, int wanted) {
            this.film = film;
            this.options = options;
            this.info = info;
            this.wanted = wanted;
        }

        @Override
        int width() {
            return info.width();
        }

        @Override
        SourceTraits traits() {
            return info.traits();
        }

        @Override
        int height() {
            return info.height();
        }

        // A damaged place gives no frame, and the next one may.
        @Override
        boolean next(Picture into) throws SourceException {
            while (next < wanted) {
                var seconds = info.durationSeconds().orElse(0) * (next++ + 0.5) / wanted;
                if (FilmSearch.read(film, options, info, seconds, false, into)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() {
            next = wanted;
        }
    }
}

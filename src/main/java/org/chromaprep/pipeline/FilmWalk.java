package org.chromaprep.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.scene.SceneState;
import org.chromaprep.scene.Thumbnail;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.source.Sources;

/**
 * Reads a film's frames one by one, with the numbers, scenes and grey values that a run with the same settings gives them;
 * for what is to be known of a film before it is processed. Films that happen now cannot be walked through. Whoever opened it
 * closes it. One thread.
 */
public final class FilmWalk implements AutoCloseable {
    private final VideoSource source;
    private final FilmAnalysis analysis;
    private final SceneWatch scenes;
    private final GreyScaler scaler;
    private final FrameSelection.Judge judge;
    private final BooleanSupplier cancelled;
    private final Picture picture = new Picture();
    private Optional<SceneWatch.Sight> sight = Optional.empty();

    private FilmWalk(VideoSource source, FilmSettings settings, FilmAnalysis analysis, BooleanSupplier cancelled) {
        this.source = source;
        this.analysis = analysis;
        this.cancelled = cancelled;
        scenes = new SceneWatch(analysis.inside(), SceneState.BEGINNING);
        scaler = new GreyScaler(settings.grid().width(), settings.grid().height(), analysis.framing());
        judge = settings.selection().judge();
    }

    /**
     * Opens a film.
     *
     * @param settings of the run; they leave interlaced frames as they are
     * @param cancelled ends the walk; asked at every frame
     * @throws SourceException if it cannot be opened
     */
    public static FilmWalk open(SourceInput input, FilmSettings settings, BooleanSupplier cancelled)
            throws SourceException {
        var source = Sources.open(input, SourceOptions.DEFAULT, cancelled);
        var opened = false;
        try {
            var walk = new FilmWalk(source, settings, FilmAnalysis.of(settings, input, source.info()), cancelled);
            opened = true;
            return walk;
        } finally {
            if (!opened) {
                source.close();
            }
        }
    }

    /** What is known of the film. */
    public SourceInfo info() {
        return source.info();
    }

    /** What was measured of the film, as its manifest records it. */
    public Map<String, String> measured() {
        return analysis.measured();
    }

    /**
     * Goes on to the next frame that the settings select.
     *
     * @return whether there is one; not where the walk was cancelled
     * @throws SourceException if the film cannot be read any further
     */
    public boolean next() throws SourceException {
        while (!cancelled.getAsBoolean()) {
            var result = source.read(picture);
            if (result instanceof ReadResult.EndOfStream) {
                return false;
            }
            if (result instanceof ReadResult.LostFrame) {
                continue;
            }
            sight = Optional.of(scenes.look(picture));
            var verdict = judge.next(picture.time().seconds());
            if (verdict instanceof FrameSelection.Verdict.Stop) {
                return false;
            }
            if (verdict instanceof FrameSelection.Verdict.Take) {
                return true;
            }
        }
        return false;
    }

    /** The present frame's number and time. */
    public FrameTime time() {
        return picture.time();
    }

    /** The present frame's scene. */
    public int scene() {
        return sight.orElseThrow().place().scene();
    }

    /** The present frame, until the next. */
    public Picture picture() {
        return picture;
    }

    /** The present frame, small and squeezed into a square. */
    public Thumbnail thumbnail() {
        return sight.orElseThrow().thumbnail();
    }

    /**
     * The present frame's grey values on the grid.
     *
     * @param luma receives them, 0 to 255, row by row
     */
    public void luma(byte[] luma) {
        scaler.scale(picture, luma);
    }

    @Override
    public void close() {
        scaler.close();
        scenes.close();
        picture.close();
        source.close();
    }
}

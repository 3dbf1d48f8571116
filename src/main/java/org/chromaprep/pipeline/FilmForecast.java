package org.chromaprep.pipeline;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.annotate.Layout;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.sample.SampleSize;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.Sources;

/**
 * What a film comes to, as far as can be said before it is processed.
 *
 * @param frames that are read, those included that are skipped; empty where neither the film nor what is asked for says
 * @param seconds that the film claims to last
 * @param bytes that its output takes at most, its video once more while that is joined of its parts
 */
public record FilmForecast(OptionalLong frames, OptionalDouble seconds, long bytes) {
    /** Of a film that says nothing. */
    public static final FilmForecast UNKNOWN = new FilmForecast(OptionalLong.empty(), OptionalDouble.empty(), 0);

    /** Painted pictures with grain, by the quantizer that keeps thin text legible; most films take half of it. */
    private static final double PAINTED_BYTES_A_PIXEL = 0.1;
    /** A panel has at most so many pixels for each of the grid's. */
    private static final double PANEL_PIXELS_A_CELL = 2.25;

    private static final int LEAST_PANEL = 224 * 224;
    private static final int PANELS = 3;
    /** A video's parts are there until it is joined. */
    private static final int COPIES = 2;

    /**
     * Opens a film for a moment and asks what it claims.
     *
     * @throws SourceException if it cannot be opened
     */
    static FilmForecast of(SourceInput input, FilmSettings settings, NetworkPlan plan, StopSignal stop)
            throws SourceException {
        if (input.files().isEmpty()) {
            return UNKNOWN;
        }
        var file = Optional.of(InputFile.of(input.files()));
        try (var source = Sources.open(
                input, SourceOptions.DEFAULT.with(settings.pictures().reading()), stop::requested)) {
            var info = source.info();
            return new FilmForecast(
                    frames(settings, info, file),
                    info.durationSeconds(),
                    bytes(settings, plan, new Grid(info.height(), info.width()), info, file, 0));
        }
    }

    // Where a frame's picture decides whether it is taken, nobody knows how many are read until there are enough.
    static OptionalLong frames(FilmSettings settings, SourceInfo info, Optional<InputFile> file) {
        var selection = settings.choice().takesAll()
                ? settings.selection()
                : settings.selection().withoutLimit();
        return new FilmEstimate(selection, info, file).read();
    }

    /**
     * What a film's output takes at most.
     *
     * @param filmGrid of what samples have in the film's own size
     * @param done frames that an earlier run has read
     */
    static long bytes(
            FilmSettings settings,
            NetworkPlan plan,
            Grid filmGrid,
            SourceInfo info,
            Optional<InputFile> file,
            long done) {
        var sample = settings.dumps().isEmpty()
                ? 0
                : SampleSize.of(settings.dumps(), settings.shape(plan, filmGrid))
                        .bytes();
        var painted = settings.annotation()
                .map(each -> COPIES
                        * PAINTED_BYTES_A_PIXEL
                        * canvasPixels(each, settings.grid(), new Grid(info.height(), info.width())))
                .orElse(0.0);
        return (long) (new FilmEstimate(settings.selection(), info, file).written(done) * (sample + painted));
    }

    /** Pixels of an annotated picture, about. */
    static long canvasPixels(Annotation annotation, Grid grid, Grid picture) {
        var pixels = (double) picture.pixels();
        return (long)
                (annotation.layout() == Layout.OVERLAY
                        ? pixels
                        : PANELS * Math.min(pixels, PANEL_PIXELS_A_CELL * Math.max(LEAST_PANEL, grid.pixels())));
    }
}

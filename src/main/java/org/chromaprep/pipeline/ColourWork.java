package org.chromaprep.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chromaprep.annotate.ComparisonPainter;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.colour.FrameColourist;
import org.chromaprep.video.Picture;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.chromaprep.video.scale.PlaneColourer;
import org.chromaprep.video.survey.ColourKind;

/**
 * How one film is coloured. Whoever made it closes it, after the run.
 *
 * @param colourist gives the colours; stays the caller's
 * @param colourer paints the pictures; closed with this
 * @param encoder of the coloured film
 * @param look paints pictures to look at; empty for none
 * @param lookEncoder of these; empty for none
 * @param changesDepth whether the film's luma has more bits than the encoder takes
 */
record ColourWork(
        FrameColourist colourist,
        PlaneColourer colourer,
        EncoderSettings encoder,
        Optional<ComparisonPainter> look,
        Optional<EncoderSettings> lookEncoder,
        boolean changesDepth)
        implements AutoCloseable {
    /**
     * Works out how a film is encoded.
     *
     * @param first its first picture
     * @param colourist gives its colours
     * @throws IllegalArgumentException if an encoder takes no such pictures
     */
    static ColourWork of(Colouring colouring, Picture first, SourceInfo info, Grid grid, FrameColourist colourist) {
        var wanted = PlaneColourer.formatOf(first, info.pixelAspect());
        var format = VideoWriter.nearest(colouring.codec(), wanted);
        var colourer = new PlaneColourer(first, format, grid.width(), grid.height());
        var look =
                colouring.look().map(each -> new ComparisonPainter(format, colourer.redShare(), colourer.blueShare()));
        return new ColourWork(
                colourist,
                colourer,
                new EncoderSettings(colouring.codec(), format, info.timeBase(), info.frameRate(), 1),
                look,
                look.map(each -> new EncoderSettings(
                        colouring.look().orElseThrow().codec(),
                        each.canvasWidth(),
                        each.canvasHeight(),
                        info.timeBase(),
                        info.frameRate(),
                        1)),
                format.depth() < wanted.depth());
    }

    /** What a user would not expect of a film that is coloured, as sentences. */
    List<String> notes(String film, FilmAnalysis view) {
        var notes = new ArrayList<String>();
        if (ColourKind.COLOUR.label().equals(view.measured().get("colour"))) {
            notes.add(film + " has colours of its own, which are ignored: its luma alone is coloured.");
        }
        if (!VideoWriter.isLossless(encoder.codec())) {
            notes.add("The codec " + encoder.codec()
                    + " loses some of the luma that it is given; ffv1 keeps every number.");
        }
        if (changesDepth) {
            notes.add("The codec " + encoder.codec()
                    + " does not take luma of as many bits as the film's, which is rounded;" + " ffv1 does.");
        }
        return notes;
    }

    @Override
    public void close() {
        colourer.close();
    }
}

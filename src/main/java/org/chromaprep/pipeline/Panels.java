package org.chromaprep.pipeline;

import java.util.Optional;
import java.util.stream.Collectors;
import org.chromaprep.annotate.GridPlacement;
import org.chromaprep.annotate.PanelPainter;
import org.chromaprep.annotate.PanelSettings;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Rational;
import org.chromaprep.video.SourceInfo;

/** Works out how a film's annotated pictures are laid out. */
final class Panels {
    /** Encoders refuse pictures of a few pixels, and a caption needs room: tiny films are shown enlarged. */
    private static final int LEAST_SIDE = 64;

    private Panels() {}

    static PanelSettings of(
            FilmSettings settings,
            FilmAnalysis view,
            Annotation annotation,
            SourceInfo info,
            NetworkPlan plan,
            Provenance facts) {
        var width = annotation.isExact()
                ? info.width()
                : Math.max(1, (int) Math.round(info.width() * info.pixelAspect().value()));
        var enlarged = annotation.isExact() ? 1 : Math.max(1, (LEAST_SIDE - 1) / Math.min(width, info.height()) + 1);
        var layers = plan.layers().stream().map(VggLayer::layerName).collect(Collectors.joining(" "));
        return new PanelSettings(
                annotation.layout(),
                width * enlarged,
                info.height() * enlarged,
                settings.grid().height(),
                settings.grid().width(),
                placement(
                        settings.grid(),
                        view.framing()
                                .place(
                                        info.width(),
                                        info.height(),
                                        settings.grid().width(),
                                        settings.grid().height()),
                        info),
                settings.clusters(),
                layers,
                facts.untrained(),
                annotation.captioned());
    }

    /** The shape of the painted pictures' pixels. */
    static Rational pixelAspect(Annotation annotation, SourceInfo info) {
        return annotation.isExact() ? info.pixelAspect() : new Rational(1, 1);
    }

    /** What a user of pictures of the film's size would not expect; empty where they have it. */
    static Optional<String> note(PanelPainter painter, Annotation annotation, SourceInfo info) {
        var isSmaller = annotation.isExact()
                && (painter.canvasWidth() != info.width() || painter.canvasHeight() != info.height());
        return isSmaller
                ? Optional.of("The annotated video has " + painter.canvasWidth() + "x" + painter.canvasHeight()
                        + " pixels, since videos have even sides, and " + info.name() + " has " + info.width() + "x"
                        + info.height() + ".")
                : Optional.empty();
    }

    // The used part of the picture fills a part of the grid, so the whole grid
    // reaches as far beyond that part as beyond this.
    private static GridPlacement placement(Grid grid, Framing.Placement placement, SourceInfo info) {
        var cut = placement.cut();
        var columns = (double) cut.width() / placement.width();
        var rows = (double) cut.height() / placement.height();
        return new GridPlacement(
                (cut.left() - (grid.width() - placement.width()) / 2.0 * columns) / info.width(),
                (cut.top() - (grid.height() - placement.height()) / 2.0 * rows) / info.height(),
                grid.width() * columns / info.width(),
                grid.height() * rows / info.height());
    }
}

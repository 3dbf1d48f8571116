package org.chromaprep.pipeline;

import java.util.stream.Collectors;
import org.chromaprep.annotate.GridPlacement;
import org.chromaprep.annotate.PanelSettings;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.SourceInfo;

/** Works out how a film's annotated pictures are laid out. */
final class Panels {
    /** Encoders refuse pictures of a few pixels, and a caption needs room: tiny films are shown enlarged. */
    private static final int LEAST_SIDE = 64;

    private Panels() {}

    static PanelSettings of(FilmSettings settings, Annotation annotation, SourceInfo info, NetworkPlan plan, RunFacts facts) {
        var width = Math.max(1, (int) Math.round(info.width() * info.pixelAspect().value()));
        var enlarged = Math.max(1, (LEAST_SIDE - 1) / Math.min(width, info.height()) + 1);
        var layers = plan.layers().stream().map(VggLayer::layerName).collect(Collectors.joining(" "));
        return new PanelSettings(annotation.layout(), width * enlarged, info.height() * enlarged, settings.grid().height(),
                settings.grid().width(), placement(settings, info.width(), info.height()), settings.clusters(), layers,
                facts.untrained());
    }

    // Where the grid lies in the picture, as the grey scaler puts it there.
    private static GridPlacement placement(FilmSettings settings, double width, double height) {
        var wide = width / height;
        var gridWide = (double) settings.grid().width() / settings.grid().height();
        return switch (settings.fit()) {
            case STRETCH -> GridPlacement.WHOLE;
            case CROP -> wide > gridWide ? centred(gridWide / wide, 1) : centred(1, wide / gridWide);
            case LETTERBOX -> wide > gridWide ? centred(1, wide / gridWide) : centred(gridWide / wide, 1);
        };
    }

    private static GridPlacement centred(double width, double height) {
        return new GridPlacement((1 - width) / 2, (1 - height) / 2, width, height);
    }
}

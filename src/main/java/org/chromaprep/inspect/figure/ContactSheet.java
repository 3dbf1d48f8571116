package org.chromaprep.inspect.figure;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Locale;
import org.chromaprep.inspect.Inspection;

/** Everything at a glance, in rows of four small pictures. */
final class ContactSheet {
    private static final int ACROSS = 4;
    private static final int PICTURE = 156;
    private static final int TILE = 76;
    private static final int PLOT_WIDTH = 250;
    private static final int PLOT_HEIGHT = 200;

    private final Look look;
    private final Inspection inspection;

    ContactSheet(Look look, Inspection inspection) {
        this.look = look;
        this.inspection = inspection;
    }

    Figure draw() {
        var panels = new Panels(look, inspection, PICTURE, false);
        var tiles = new Panels(look, inspection, TILE, false);
        var plots = new Plots(look);
        var partition = inspection.clusters().asked().get(0);
        var all = new ArrayList<BufferedImage>();
        all.add(panels.original());
        all.add(panels.input());
        inspection.averages().forEach(average -> all.add(panels.average(average)));
        inspection.clusters().asked().forEach(each -> all.add(panels.overlay(each)));
        inspection.similarities().forEach(similarity -> all.add(panels.similarity(similarity)));
        all.add(panels.principal());
        inspection
                .layers()
                .forEach(layer -> all.add(tiles.strongest(layer.layer() + ", strongest", layer, 4, 2, true)));
        all.add(plots.elbow(inspection.clusters(), PLOT_WIDTH, PLOT_HEIGHT));
        all.add(plots.scatter(inspection.embedding(), partition, PLOT_WIDTH, PLOT_HEIGHT));
        inspection.predictions().ifPresent(found -> all.add(plots.top(found, PLOT_WIDTH, PLOT_HEIGHT)));
        var frame = inspection.frame();
        var heading = String.format(
                Locale.ROOT, "%s, frame %d", frame.source().name(), frame.time().index());
        return new Figure(
                "inspect.png",
                "Everything at a glance.",
                new Board(look, inspection.untrained()).inCells(heading, all, ACROSS));
    }
}

package org.chromaprep.inspect.figure;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chromaprep.inspect.Clusters;
import org.chromaprep.inspect.Inspection;
import org.chromaprep.inspect.LayerMaps;
import org.chromaprep.inspect.ReportException;
import org.chromaprep.inspect.figure.Section.Step;

/** Draws all figures of an inspection. Used by one thread. */
public final class Figures {
    private static final int PICTURE = 448;
    private static final int TILE = 224;
    private static final int ACROSS = 4;

    private final Look look;
    private final Inspection inspection;
    private final Board board;
    private final Panels panels;
    private final Panels tiles;
    private final Plots plots;

    /**
     * @param inspection what to draw
     * @throws ReportException if this Java cannot draw text
     */
    public Figures(Inspection inspection) throws ReportException {
        this.inspection = inspection;
        this.look = new Look();
        this.plots = new Plots(look);
        this.board = new Board(look, inspection.untrained());
        this.panels = new Panels(look, inspection, PICTURE, true);
        this.tiles = new Panels(look, inspection, TILE, false);
    }

    /** The figures, section by section. */
    public List<Section> sections() {
        return List.of(
                new Section(Step.INPUT, input()),
                new Section(Step.PREDICTIONS, predictions()),
                new Section(Step.MAPS, maps()),
                new Section(Step.AVERAGES, averages()),
                new Section(Step.CLUSTERS, clusters()),
                new Section(Step.SIMILARITY, similarities()),
                new Section(Step.EMBEDDING, embedding()));
    }

    /** Everything at a glance. */
    public Figure contactSheet() {
        return new ContactSheet(look, inspection).draw();
    }

    private Figure figure(String file, String heading, String caption, List<List<BufferedImage>> rows) {
        return new Figure(file + ".png", caption, board.of(heading, rows));
    }

    private List<Figure> input() {
        return List.of(figure(
                "input",
                "What the network sees",
                "The original, and the grey picture that the network is given, resized to its input.",
                List.of(List.of(panels.original(), panels.input()))));
    }

    private List<Figure> predictions() {
        return inspection.predictions().stream()
                .map(found -> figure(
                        "predictions",
                        "Predictions",
                        "Softmax of fc8.",
                        List.of(List.of(plots.top(found, 560, 320), plots.all(found, 560, 320)))))
                .toList();
    }

    private List<Figure> maps() {
        var figures = new ArrayList<Figure>();
        for (var map : inspection.maps()) {
            var size = map.map().grid();
            var name = map.layer() + " (layer " + map.kerasIndex() + "), channel " + map.channel();
            figures.add(figure(
                    "map-" + map.layer() + "-" + map.channel(),
                    "Feature map of " + name,
                    name + ": native resolution and enlarged bilinearly to the grid.",
                    List.of(List.of(
                            panels.map(
                                    String.format(Locale.ROOT, "Native, %dx%d", size.width(), size.height()),
                                    map.map()),
                            panels.map("Enlarged", map.enlarged())))));
        }
        inspection.layers().forEach(layer -> figures.add(sheet(layer)));
        return figures;
    }

    private Figure sheet(LayerMaps layer) {
        var nativeTitle = String.format(Locale.ROOT, "Native resolution, %dx%d", layer.width(), layer.height());
        return figure(
                "maps-" + layer.layer(),
                String.format(Locale.ROOT, "Strongest of the %d channels of %s", layer.channels(), layer.layer()),
                String.format(
                        Locale.ROOT,
                        "The %d channels of %s with the greatest means, above at native resolution, below enlarged to"
                                + " the grid.",
                        layer.strongest().size(),
                        layer.layer()),
                List.of(
                        List.of(tiles.strongest(nativeTitle, layer, LayerMaps.STRONGEST, ACROSS, false)),
                        List.of(tiles.strongest("Enlarged to the grid", layer, LayerMaps.STRONGEST, ACROSS, true))));
    }

    private List<Figure> averages() {
        return inspection.averages().stream()
                .map(average -> figure(
                        average.average().name(),
                        "Hypercolumn average",
                        "Each pixel's mean over the " + average.features() + " features of "
                                + String.join(", ", average.layers()) + ".",
                        List.of(List.of(panels.average(average)))))
                .toList();
    }

    private List<Figure> clusters() {
        var figures = new ArrayList<Figure>();
        for (var partition : inspection.clusters().asked()) {
            figures.add(figure(
                    "clusters-k" + partition.k(),
                    "k-means on hypercolumns",
                    String.format(
                            Locale.ROOT, "%d clusters after %d iterations.", partition.k(), partition.iterations()),
                    List.of(List.of(panels.overlay(partition), panels.labels(partition)))));
        }
        figures.add(figure(
                "elbow",
                "How many clusters?",
                "The inertia that k clusters leave over, k-means++ started once for each k.",
                List.of(List.of(plots.elbow(inspection.clusters(), 620, 360)))));
        return figures;
    }

    private List<Figure> similarities() {
        return inspection.similarities().stream()
                .map(similarity -> figure(
                        similarity.cosine().name(),
                        "Similarity",
                        String.format(
                                Locale.ROOT,
                                "Cosine between each pixel's hypercolumn and that of pixel (%d, %d).",
                                similarity.x(),
                                similarity.y()),
                        List.of(List.of(panels.similarity(similarity)))))
                .toList();
    }

    private List<Figure> embedding() {
        Clusters.Partition partition = inspection.clusters().asked().get(0);
        return List.of(figure(
                "embedding",
                "Principal components of hypercolumns",
                "Left: the first three components as colours, each from its 1st to its 99th percentile. Right: samples "
                        + "along the first two, with each component's part of all variance.",
                List.of(List.of(panels.principal(), plots.scatter(inspection.embedding(), partition, 560, 500)))));
    }
}

package org.chromaprep.inspect.figure;

import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chromaprep.annotate.Palette;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.inspect.Clusters;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.inspect.Inspection;
import org.chromaprep.inspect.LayerAverage;
import org.chromaprep.inspect.LayerMaps;
import org.chromaprep.inspect.Plane;
import org.chromaprep.inspect.Similarity;

/** The pictures that figures and the contact sheet are put together from, at one size. */
final class Panels {
    private static final String UNIT = "mean activation";
    private static final String NORMALISED_UNIT = "mean activation / RMS of the layer";
    private static final int MOST_LEGEND = 8;
    private static final double TRIM = 0.01;
    private static final int TILE_GAP = 4;
    private static final int TILE_TEXT = 16;

    private final Look look;
    private final Inspection inspection;
    private final int side;
    private final boolean axes;

    /**
     * @param side pixels of the longer side of a picture
     * @param axes whether pictures have axes
     */
    Panels(Look look, Inspection inspection, int side, boolean axes) {
        this.look = look;
        this.inspection = inspection;
        this.side = side;
        this.axes = axes;
    }

    private Grid grid() {
        return inspection.settings().grid();
    }

    private BufferedImage fitted(BufferedImage image, double wide, double high, boolean smooth) {
        var scale = side / Math.max(wide, high);
        return Pixels.resized(
                image,
                (int) Math.max(1, Math.round(wide * scale)),
                (int) Math.max(1, Math.round(high * scale)),
                smooth);
    }

    /** Enlarged pixels stay squares, so that the grid is seen; those of smaller pictures are mixed. */
    private boolean shrinks() {
        return side < Math.max(grid().width(), grid().height());
    }

    private PictureChart onGrid(String title, BufferedImage image) {
        return new PictureChart(
                look,
                title,
                fitted(image, grid().width(), grid().height(), shrinks()),
                grid().width(),
                grid().height(),
                axes ? Optional.of("grid pixels") : Optional.empty());
    }

    BufferedImage original() {
        var frame = inspection.frame();
        var image = fitted(
                Pixels.rgb(frame.shown(), frame.shownWidth(), frame.shownHeight()),
                frame.shownWidth(),
                frame.shownHeight(),
                true);
        return new PictureChart(
                        look,
                        "Original, " + frame.width() + "x" + frame.height(),
                        image,
                        frame.width(),
                        frame.height(),
                        axes ? Optional.of("pixels") : Optional.empty())
                .draw();
    }

    BufferedImage input() {
        var settings = inspection.settings();
        var image = Pixels.grey(inspection.frame().luma(), grid().width(), grid().height());
        return onGrid(
                        String.format(
                                Locale.ROOT,
                                "Input, %dx%d, %s",
                                grid().width(),
                                grid().height(),
                                settings.preprocessing().optionName()),
                        image)
                .draw();
    }

    BufferedImage average(LayerAverage average) {
        return heat(
                        "Average of " + String.join(", ", average.layers()),
                        average.average(),
                        inspection.settings().normalisation() == Normalisation.LAYER ? NORMALISED_UNIT : UNIT)
                .draw();
    }

    private PictureChart heat(String title, Plane plane, String unit) {
        var range = Range.of(plane);
        var image = fitted(Pixels.heat(plane, range, look.heat()), grid().width(), grid().height(), shrinks());
        return new PictureChart(
                        look,
                        title,
                        image,
                        plane.grid().width(),
                        plane.grid().height(),
                        axes
                                ? Optional.of(plane.grid().equals(grid()) ? "grid pixels" : "map pixels")
                                : Optional.empty())
                .withBar(range, unit);
    }

    BufferedImage map(String title, Plane plane) {
        return heat(title, plane, "activation").draw();
    }

    BufferedImage overlay(Clusters.Partition partition) {
        var palette = Palette.of(partition.k());
        return onGrid(
                        "Clusters, k = " + partition.k(),
                        Pixels.overlay(
                                partition.labels(),
                                inspection.frame().luma(),
                                grid().width(),
                                grid().height(),
                                palette))
                .draw();
    }

    BufferedImage labels(Clusters.Partition partition) {
        var palette = Palette.of(partition.k());
        var chart = onGrid(
                "Labels, k = " + partition.k(),
                Pixels.labels(partition.labels(), grid().width(), grid().height(), palette));
        if (axes && partition.k() <= MOST_LEGEND) {
            var texts = IntStream.range(0, partition.k())
                    .mapToObj(j -> String.format(
                            Locale.ROOT, "%d: %.1f %%", j, 100.0 * partition.sizes()[j] / grid().pixels()))
                    .toList();
            chart.withLegend(texts, Plots.colours(palette));
        }
        return chart.draw();
    }

    BufferedImage similarity(Similarity similarity) {
        var title = String.format(Locale.ROOT, "Similarity to pixel (%d, %d)", similarity.x(), similarity.y());
        return heat(title, similarity.cosine(), "cosine")
                .withMark(similarity.x(), similarity.y())
                .draw();
    }

    BufferedImage principal() {
        var scores = inspection.embedding().scores();
        var ranges = scores.stream().map(plane -> Range.trimmed(plane, TRIM)).toList();
        var colours = new int[grid().pixels()];
        for (var i = 0; i < colours.length; i++) {
            for (var j = 0; j < scores.size(); j++) {
                var range = ranges.get(j);
                var share = (scores.get(j).values()[i] - range.low()) / (range.high() - range.low());
                colours[i] = colours[i] << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, share)));
            }
        }
        return onGrid("PC 1, 2, 3 as R, G, B", Pixels.rgb(colours, grid().width(), grid().height()))
                .draw();
    }

    /** The strongest channels of a layer in one colour scale, side by side, each under its number. */
    BufferedImage strongest(String title, LayerMaps maps, int count, int across, boolean enlarged) {
        var tiles = maps.strongest().stream()
                .limit(count)
                .map(c -> enlarged ? c.enlarged() : c.map())
                .toList();
        var range = Range.of(tiles);
        var pictures = tiles.stream()
                .map(tile -> Pixels.heat(tile, range, look.heat()))
                .map(tile -> fitted(
                        tile, grid().width(), grid().height(), Math.max(tile.getWidth(), tile.getHeight()) > side))
                .toList();
        var wide = pictures.get(0).getWidth() + TILE_GAP;
        var high = pictures.get(0).getHeight() + TILE_TEXT;
        var sheet = Pixels.white(across * wide, (pictures.size() + across - 1) / across * high);
        var graphics = sheet.createGraphics();
        for (var i = 0; i < pictures.size(); i++) {
            graphics.drawImage(pictures.get(i), i % across * wide, i / across * high + TILE_TEXT, null);
        }
        graphics.dispose();
        var chart = new PictureChart(look, title, sheet, sheet.getWidth(), sheet.getHeight(), Optional.empty())
                .withBar(range, "activation");
        for (var i = 0; i < pictures.size(); i++) {
            var text = "channel " + maps.strongest().get(i).channel();
            chart.withText(text, i % across * wide, i / across * high + TILE_TEXT - 2.0);
        }
        return chart.draw();
    }
}

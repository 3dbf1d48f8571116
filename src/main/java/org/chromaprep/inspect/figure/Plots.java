package org.chromaprep.inspect.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.chromaprep.annotate.Palette;
import org.chromaprep.inspect.Clusters;
import org.chromaprep.inspect.Embedding;
import org.chromaprep.inspect.Predictions;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYBarDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The plots that are no pictures. */
final class Plots {
    private static final int ROOM_A_TICK = 75;

    private final Look look;

    Plots(Look look) {
        this.look = look;
    }

    /** The most probable classes as bars. */
    BufferedImage top(Predictions predictions, int width, int height) {
        var data = new DefaultCategoryDataset();
        for (var guess : predictions.top()) {
            data.addValue(guess.probability(), "probability", guess.index() + " " + guess.name());
        }
        var names = new CategoryAxis();
        names.setTickLabelFont(look.label());
        names.setTickLabelPaint(Look.INK);
        names.setMaximumCategoryLabelWidthRatio(0.45f);
        names.setCategoryMargin(0.3);
        var axis = look.axis("probability", probabilities(predictions), ticks(width) / 2 + 1);
        var bars = new BarRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setSeriesPaint(0, Look.LINE);
        bars.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", format("0.0 %")));
        bars.setDefaultItemLabelFont(look.small());
        bars.setDefaultItemLabelsVisible(true);
        bars.setDefaultPositiveItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
        var plot = new CategoryPlot(data, names, axis, bars);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        plot.setRangeGridlinePaint(Look.FAINT);
        return draw("Top " + predictions.top().size() + " classes", plot, width, height);
    }

    /** All classes' probabilities. */
    BufferedImage all(Predictions predictions, int width, int height) {
        var series = new XYSeries("probability");
        for (var i = 0; i < predictions.probabilities().length; i++) {
            series.add(i, predictions.probabilities()[i]);
        }
        var bars = new XYBarRenderer();
        bars.setBarPainter(new StandardXYBarPainter());
        bars.setShadowVisible(false);
        bars.setSeriesPaint(0, Look.LINE);
        var classes = predictions.probabilities().length;
        var x = look.axis("class, in ImageNet's order", new Range(-0.5, classes - 0.5), ticks(width));
        var y = look.axis("probability", probabilities(predictions), 5);
        var plot = new XYPlot(new XYBarDataset(new XYSeriesCollection(series), 1), x, y, bars);
        look.grid(plot);
        return draw("All " + classes + " classes", plot, width, height);
    }

    /** What k-means leaves over for each k, as a part of what one cluster leaves. */
    BufferedImage elbow(Clusters clusters, int width, int height) {
        var whole = clusters.elbow().get(0).inertia();
        var series = new XYSeries("inertia");
        for (var point : clusters.elbow()) {
            series.add(point.k(), whole > 0 ? point.inertia() / whole : 0);
        }
        var lines = new XYLineAndShapeRenderer(true, true);
        lines.setSeriesPaint(0, Look.LINE);
        lines.setSeriesStroke(0, new BasicStroke(2));
        lines.setSeriesShape(0, new Ellipse2D.Double(-3.5, -3.5, 7, 7));
        var most = clusters.elbow().get(clusters.elbow().size() - 1).k();
        var x = look.axis("k (clusters)", new Range(0, most + 0.5), Math.min(8, most));
        var y = look.axis("inertia / inertia at k = 1", new Range(0, 1.05), 5);
        var plot = new XYPlot(new XYSeriesCollection(series), x, y, lines);
        look.grid(plot);
        return draw("Inertia over k", plot, width, height);
    }

    /** The samples along the first two components, in their clusters' colours. */
    BufferedImage scatter(Embedding embedding, Clusters.Partition partition, int width, int height) {
        var palette = Palette.of(partition.k());
        var data = new XYSeriesCollection();
        var dots = new XYLineAndShapeRenderer(false, true);
        for (var cluster = 0; cluster < partition.k(); cluster++) {
            var series = new XYSeries("cluster " + cluster, false, true);
            for (var pixel : embedding.samples()) {
                if ((partition.labels()[pixel] & 255) == cluster) {
                    series.add(
                            embedding.scores().get(0).values()[pixel],
                            embedding.scores().get(1).values()[pixel]);
                }
            }
            data.addSeries(series);
            dots.setSeriesShape(cluster, new Ellipse2D.Double(-2, -2, 4, 4));
            dots.setSeriesPaint(cluster, translucent(palette.colour(cluster)));
        }
        var plot =
                new XYPlot(data, scoreAxis(embedding, 0, ticks(width)), scoreAxis(embedding, 1, ticks(height)), dots);
        look.grid(plot);
        var title = embedding.samples().length + " samples by cluster (k = " + partition.k() + ")";
        return draw(title, plot, width, height);
    }

    private static int ticks(int length) {
        return Math.max(3, Math.min(6, length / ROOM_A_TICK));
    }

    private static Range probabilities(Predictions predictions) {
        return new Range(0, 1.35 * Math.max(1e-9, predictions.top().get(0).probability()));
    }

    private NumberAxis scoreAxis(Embedding embedding, int component, int ticks) {
        var label = String.format(
                Locale.ROOT, "PC %d (%.1f %%)", component + 1, 100 * embedding.explained()[component]);
        var scores = embedding.scores().get(component).values();
        var samples = Arrays.stream(embedding.samples())
                .mapToDouble(pixel -> scores[pixel])
                .summaryStatistics();
        return look.axis(label, Range.around(samples.getMin(), samples.getMax()), ticks);
    }

    private static Color translucent(int colour) {
        return new Color(colour >> 16 & 255, colour >> 8 & 255, colour & 255, 170);
    }

    static List<Color> colours(Palette palette) {
        return IntStream.range(0, palette.size())
                .mapToObj(i -> new Color(palette.colour(i)))
                .toList();
    }

    private static DecimalFormat format(String pattern) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    private BufferedImage draw(String title, Plot plot, int width, int height) {
        return look.chart(title, plot).createBufferedImage(width, height, BufferedImage.TYPE_INT_RGB, null);
    }
}

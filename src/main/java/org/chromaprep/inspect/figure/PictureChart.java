package org.chromaprep.inspect.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.annotations.XYShapeAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeriesCollection;

/** A picture in axes whose units are the picture's own pixels, row 0 at the top, drawn at an exact size. */
final class PictureChart {
    private static final int MARGIN = 120;
    private static final int TICKS = 5;
    private static final int BAR_WIDTH = 12;
    private static final double MARK_RADIUS = 0.03;

    private final Look look;
    private final XYPlot plot;
    private final JFreeChart chart;
    private final int width;
    private final int height;
    private final double unitsWide;
    private final double unitsHigh;
    private Optional<PaintScaleLegend> bar = Optional.empty();

    /**
     * @param picture already of the size to draw it at
     * @param unitsWide what the x axis runs to
     * @param unitsHigh what the y axis runs to
     * @param axisLabel of both axes; nothing for no axes at all
     */
    PictureChart(
            Look look,
            String title,
            BufferedImage picture,
            double unitsWide,
            double unitsHigh,
            Optional<String> axisLabel) {
        this.look = look;
        this.width = picture.getWidth();
        this.height = picture.getHeight();
        this.unitsWide = unitsWide;
        this.unitsHigh = unitsHigh;
        var x = look.axis(axisLabel.map(unit -> "x (" + unit + ")").orElse(""), new Range(0, unitsWide), TICKS);
        var y = look.axis(axisLabel.map(unit -> "y (" + unit + ")").orElse(""), new Range(0, unitsHigh), TICKS);
        y.setInverted(true);
        x.setVisible(axisLabel.isPresent());
        y.setVisible(axisLabel.isPresent());
        plot = new XYPlot(new XYSeriesCollection(), x, y, new XYLineAndShapeRenderer());
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.addAnnotation(new XYDataImageAnnotation(picture, 0, 0, unitsWide, unitsHigh));
        chart = look.chart(title, plot);
        chart.setRenderingHints(new RenderingHints(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON));
        chart.getRenderingHints()
                .put(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    }

    /** Adds a colour bar with its numbers and their unit. */
    PictureChart withBar(Range range, String unit) {
        var legend = new PaintScaleLegend(look.scale(range.low(), range.high()), look.axis(unit, range, TICKS));
        legend.setStripWidth(BAR_WIDTH);
        legend.setStripOutlineVisible(false);
        legend.setSubdivisionCount(256);
        legend.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setBackgroundPaint(Color.WHITE);
        legend.setFrame(BlockBorder.NONE);
        chart.addSubtitle(legend);
        bar = Optional.of(legend);
        return this;
    }

    /** Adds a legend of colours below. */
    PictureChart withLegend(List<String> texts, List<? extends Paint> colours) {
        var items = new LegendItemCollection();
        Shape square = new Rectangle2D.Double(-5, -5, 10, 10);
        for (var i = 0; i < texts.size(); i++) {
            var item = new LegendItem(texts.get(i), null, null, null, square, colours.get(i));
            items.add(item);
        }
        plot.setFixedLegendItems(items);
        var legend = new LegendTitle(plot);
        legend.setItemFont(look.small());
        legend.setBackgroundPaint(Color.WHITE);
        legend.setPosition(RectangleEdge.BOTTOM);
        chart.addSubtitle(legend);
        return this;
    }

    /** Circles a pixel. */
    PictureChart withMark(int x, int y) {
        var radius = MARK_RADIUS * Math.max(unitsWide, unitsHigh);
        var circle = new Ellipse2D.Double(x + 0.5 - radius, y + 0.5 - radius, 2 * radius, 2 * radius);
        plot.addAnnotation(new XYShapeAnnotation(circle, new BasicStroke(4), Color.BLACK));
        plot.addAnnotation(new XYShapeAnnotation(circle, new BasicStroke(2), Color.WHITE));
        return this;
    }

    /** Writes a word with its lower left corner at a place in the picture's units. */
    PictureChart withText(String text, double x, double y) {
        var annotation = new XYTextAnnotation(text, x, y);
        annotation.setFont(look.small());
        annotation.setPaint(Look.INK);
        annotation.setTextAnchor(TextAnchor.BOTTOM_LEFT);
        plot.addAnnotation(annotation);
        return this;
    }

    /** Draws twice: how much room titles and axes take is known only after they are drawn. */
    BufferedImage draw() {
        var wide = width + 2 * MARGIN;
        var high = height + MARGIN;
        for (var pass = 0; pass < 2; pass++) {
            var info = new ChartRenderingInfo();
            chart.createBufferedImage(wide, high, BufferedImage.TYPE_INT_RGB, info);
            var area = info.getPlotInfo().getDataArea();
            alignBar(area, info.getPlotInfo().getPlotArea());
            wide += width - (int) Math.round(area.getWidth());
            high += height - (int) Math.round(area.getHeight());
        }
        return chart.createBufferedImage(wide, high, BufferedImage.TYPE_INT_RGB, null);
    }

    private void alignBar(Rectangle2D data, Rectangle2D area) {
        bar.ifPresent(legend -> legend.setMargin(
                new RectangleInsets(data.getMinY() - area.getMinY(), 8, area.getMaxY() - data.getMaxY(), 0)));
    }
}

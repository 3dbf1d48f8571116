package org.chromaprep.inspect.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import org.chromaprep.annotate.HeatColours;
import org.chromaprep.inspect.ReportException;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.ui.RectangleInsets;

/** Fonts, colours and strokes that all figures share. */
final class Look {
    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color FAINT = new Color(0xd8, 0xd8, 0xd8);
    static final Color LINE = new Color(0, 114, 178);
    static final Color MARK = new Color(0xe6, 0x9f, 0);
    static final Stroke THIN = new BasicStroke(1);

    private final Typeface typeface;
    private final HeatColours heat;

    /** @throws ReportException if this Java cannot draw text */
    Look() throws ReportException {
        typeface = Typeface.load();
        heat = HeatColours.inferno();
    }

    Font heading() {
        return typeface.bold(16);
    }

    Font title() {
        return typeface.bold(12);
    }

    Font label() {
        return typeface.plain(11);
    }

    Font small() {
        return typeface.plain(10);
    }

    HeatColours heat() {
        return heat;
    }

    /** Gives a chart its title, fonts and colours. */
    JFreeChart chart(String title, Plot plot) {
        var chart = new JFreeChart(title, title(), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(4, 6, 4, 6));
        chart.getTitle().setPaint(INK);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        return chart;
    }

    /** An axis over a range with about so many ticks at round numbers. */
    NumberAxis axis(String label, Range range, int ticks) {
        var axis = new NumberAxis(label.isEmpty() ? null : label);
        axis.setRange(range.low(), range.high());
        axis.setTickUnit(Ticks.over(range, ticks));
        style(axis);
        return axis;
    }

    private void style(ValueAxis axis) {
        axis.setLabelFont(label());
        axis.setTickLabelFont(small());
        axis.setLabelPaint(INK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(INK);
        axis.setTickMarkPaint(INK);
    }

    void grid(XYPlot plot) {
        plot.setDomainGridlinePaint(FAINT);
        plot.setRangeGridlinePaint(FAINT);
        plot.setDomainGridlineStroke(THIN);
        plot.setRangeGridlineStroke(THIN);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    }

    /** Inferno from one number to another. */
    LookupPaintScale scale(double low, double high) {
        var scale = new LookupPaintScale(low, high, new Color(heat.colour(HeatColours.STEPS - 1)));
        for (var step = 0; step < HeatColours.STEPS; step++) {
            scale.add(low + (high - low) * step / HeatColours.STEPS, new Color(heat.colour(step)));
        }
        return scale;
    }
}

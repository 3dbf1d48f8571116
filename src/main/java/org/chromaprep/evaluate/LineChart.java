package org.chromaprep.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines over one axis, as SVG text for a page: it needs no fonts of this machine. Stateless. */
public final class LineChart {
    /** A line's colours, in the order of the lines: Okabe and Ito's, which colour-blind readers can tell apart. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666");

    private static final int WIDTH = 900;
    private static final int HEIGHT = 320;
    private static final int LEFT = 60;
    private static final int RIGHT = 150;
    private static final int TOP = 30;
    private static final int BOTTOM = 45;
    private static final int TICKS = 6;

    private LineChart() {}

    /** A place on a line. */
    public record Point(double x, double y) {}

    /**
     * Draws lines.
     *
     * @param title of the chart
     * @param across what the horizontal axis is
     * @param lines by their names, each with its points from left to right; numbers that are not finite break a line
     */
    public static String svg(String title, String across, Map<String, List<Point>> lines) {
        var all = lines.values().stream()
                .flatMap(List::stream)
                .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                .toList();
        var left = all.stream().mapToDouble(Point::x).min().orElse(0);
        var right = all.stream().mapToDouble(Point::x).max().orElse(1);
        var low = Math.min(0, all.stream().mapToDouble(Point::y).min().orElse(0));
        var high = all.stream().mapToDouble(Point::y).max().orElse(1);
        var view = new View(left, right > left ? right : left + 1, low, high > low ? high * 1.05 : low + 1);
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" style=\"background:#fff;font:12px sans-serif\">%n",
                WIDTH,
                HEIGHT,
                WIDTH));
        text(svg, LEFT, TOP - 12, "start", title);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", across);
        axes(svg, view);
        var number = 0;
        for (var line : new LinkedHashMap<>(lines).entrySet()) {
            var colour = COLOURS.get(number % COLOURS.size());
            draw(svg, view, line.getValue(), colour);
            var y = TOP + 16 * number + 8;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>%n",
                    WIDTH - RIGHT + 10,
                    WIDTH - RIGHT + 30,
                    y,
                    y,
                    colour));
            text(svg, WIDTH - RIGHT + 36, y + 4, "start", line.getKey());
            number++;
        }
        return svg.append("</svg>\n").toString();
    }

    private record View(double left, double right, double low, double high) {
        double x(double value) {
            return LEFT + (value - left) / (right - left) * (WIDTH - LEFT - RIGHT);
        }

        double y(double value) {
            return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
        }
    }

    private static void axes(StringBuilder svg, View view) {
        for (var value : ticks(view.low(), view.high())) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    view.y(value),
                    view.y(value)));
            text(svg, LEFT - 6, view.y(value) + 4, "end", number(value));
        }
        for (var value : ticks(view.left(), view.right())) {
            text(svg, view.x(value), HEIGHT - BOTTOM + 16, "middle", number(value));
        }
    }

    /** Round numbers over a range: 1, 2 or 5 times a power of ten apart. */
    private static double[] ticks(double from, double to) {
        var rough = (to - from) / TICKS;
        var power = Math.pow(10, Math.floor(Math.log10(rough)));
        var step = rough / power <= 1
                ? power
                : rough / power <= 2 ? 2 * power : rough / power <= 5 ? 5 * power : 10 * power;
        var first = Math.ceil(from / step - 1e-9);
        var count = (int) Math.max(0, Math.floor(to / step + 1e-9) - first + 1);
        var ticks = new double[count];
        for (var i = 0; i < count; i++) {
            ticks[i] = (first + i) * step;
        }
        return ticks;
    }

    private static String number(double value) {
        var text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "").replaceAll("^-0$", "0");
    }

    private static void draw(StringBuilder svg, View view, List<Point> points, String colour) {
        var path = new StringBuilder();
        var broken = true;
        for (var point : points) {
            if (!Double.isFinite(point.x()) || !Double.isFinite(point.y())) {
                broken = true;
                continue;
            }
            path.append(String.format(
                    Locale.ROOT, "%s%.1f %.1f", broken ? "M" : "L", view.x(point.x()), view.y(point.y())));
            broken = false;
        }
        svg.append("<path d=\"")
                .append(path)
                .append("\" fill=\"none\" stroke-width=\"1.5\" stroke=\"")
                .append(colour)
                .append("\"/>\n");
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, safe(text)));
    }

    /** Text for a page. */
    public static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

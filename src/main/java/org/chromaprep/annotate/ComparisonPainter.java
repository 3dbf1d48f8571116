package org.chromaprep.annotate;

import org.chromaprep.video.PlaneFormat;
import org.chromaprep.video.PlanePicture;

/**
 * Paints a film's grey picture and its coloured one side by side, of at most 640 columns each, with a thin line between. Every
 * pixel is the mean of the luma that it covers, with the colour of its middle. Painting allocates nothing; one thread at a time.
 */
public final class ComparisonPainter {
    private static final int WIDEST = 640;
    private static final int GAP = 4;
    private static final int LINE = 0x181818;
    private static final int WHITE = 255;

    private final PlaneFormat format;
    private final double redShare;
    private final double blueShare;
    private final int panelWidth;
    private final int panelHeight;
    private final int[] columns;
    private final int[] rows;

    /**
     * @param format of the pictures
     * @param redShare red's share of luma
     * @param blueShare blue's share of luma
     */
    public ComparisonPainter(PlaneFormat format, double redShare, double blueShare) {
        this.format = format;
        this.redShare = redShare;
        this.blueShare = blueShare;
        var shown = Math.max(1, format.width() * format.pixelAspect().value());
        var scale = Math.min(1, WIDEST / shown);
        panelWidth = even(shown * scale);
        panelHeight = even(format.height() * scale);
        columns = edges(format.width(), panelWidth);
        rows = edges(format.height(), panelHeight);
    }

    private static int even(double length) {
        return Math.max(2, (int) Math.round(length / 2) * 2);
    }

    private static int[] edges(int pixels, int outputs) {
        var edges = new int[outputs + 1];
        for (var i = 0; i <= outputs; i++) {
            edges[i] = (int) ((long) i * pixels / outputs);
        }
        return edges;
    }

    /** Columns of the painted picture, an even number. */
    public int canvasWidth() {
        return 2 * panelWidth + GAP;
    }

    /** Rows of the painted picture, an even number. */
    public int canvasHeight() {
        return panelHeight;
    }

    /**
     * Paints one frame.
     *
     * @param picture of this painter's format
     * @param canvas takes the painted picture, {@code 0xRRGGBB}, row by row
     */
    public void paint(PlanePicture picture, int[] canvas) {
        var width = canvasWidth();
        for (var y = 0; y < panelHeight; y++) {
            var top = rows[y];
            var bottom = Math.max(top + 1, rows[y + 1]);
            for (var x = 0; x < panelWidth; x++) {
                var left = columns[x];
                var right = Math.max(left + 1, columns[x + 1]);
                var luma = (mean(picture.luma(), top, bottom, left, right) - format.black()) / format.span();
                var at = (top + bottom) / 2 / format.rowStep() * format.colourWidth()
                        + (left + right) / 2 / format.columnStep();
                var blue =
                        ((picture.blue()[at] & 0xFFFF) - format.neutral()) / format.colourSpan() * 2 * (1 - blueShare);
                var red = ((picture.red()[at] & 0xFFFF) - format.neutral()) / format.colourSpan() * 2 * (1 - redShare);
                canvas[y * width + x] = rgb(luma, luma, luma);
                var green = -(redShare * red + blueShare * blue) / (1 - redShare - blueShare);
                canvas[y * width + panelWidth + GAP + x] = rgb(luma + red, luma + green, luma + blue);
            }
            for (var x = panelWidth; x < panelWidth + GAP; x++) {
                canvas[y * width + x] = LINE;
            }
        }
    }

    private double mean(short[] luma, int top, int bottom, int left, int right) {
        var sum = 0L;
        for (var row = top; row < bottom; row++) {
            for (var column = left; column < right; column++) {
                sum += luma[row * format.width() + column] & 0xFFFF;
            }
        }
        return (double) sum / ((bottom - top) * (right - left));
    }

    private static int rgb(double red, double green, double blue) {
        return level(red) << 16 | level(green) << 8 | level(blue);
    }

    private static int level(double value) {
        return (int) Math.round(WHITE * Math.min(1, Math.max(0, value)));
    }
}

package org.chromaprep.annotate;

/**
 * Paints the hypercolumn average in heat colours, bilinearly enlarged, from the darkest for the smallest to the brightest
 * for the greatest value that the picture shows. Has working memory of its own: one thread at a time.
 */
final class HeatPanel {
    private final GridAxis rows;
    private final GridAxis columns;
    private final int gridWidth;
    private final int[] colours;
    private final float[] line;

    HeatPanel(GridAxis rows, GridAxis columns, int gridWidth, HeatColours heat) {
        this.rows = rows;
        this.columns = columns;
        this.gridWidth = gridWidth;
        colours = new int[HeatColours.STEPS];
        for (var step = 0; step < colours.length; step++) {
            colours[step] = heat.colour(step);
        }
        line = new float[gridWidth];
    }

    /** Paints the panel with its upper left corner at canvas column {@code left} of row 0; grey beyond the grid. */
    void paint(int[] source, int width, int height, float[] average, int[] canvas, int canvasWidth, int left) {
        var smallest = Float.POSITIVE_INFINITY;
        var greatest = Float.NEGATIVE_INFINITY;
        for (var row = rows.firstVisible(); row <= rows.lastVisible(); row++) {
            for (var column = columns.firstVisible(); column <= columns.lastVisible(); column++) {
                var value = average[row * gridWidth + column];
                smallest = value < smallest ? value : smallest;
                greatest = value > greatest ? value : greatest;
            }
        }
        var scale = greatest > smallest ? HeatColours.STEPS / (greatest - smallest) : 0;
        for (var y = 0; y < height; y++) {
            var from = y * width;
            var to = y * canvasWidth + left;
            var begin = rows.covers(y) ? columns.begin() : width;
            var end = rows.covers(y) ? columns.end() : width;
            for (var x = 0; x < begin; x++) {
                canvas[to + x] = Grey.colour(Grey.level(source[from + x]));
            }
            if (begin < end) {
                interpolateRow(average, y, smallest, scale);
            }
            for (var x = begin; x < end; x++) {
                var low = line[columns.lower(x)];
                var value = low + (line[columns.upper(x)] - low) * columns.weight(x);
                canvas[to + x] = colours[Math.max(0, Math.min(HeatColours.STEPS - 1, (int) value))];
            }
            for (var x = end; x < width; x++) {
                canvas[to + x] = Grey.colour(Grey.level(source[from + x]));
            }
        }
    }

    private void interpolateRow(float[] average, int y, float smallest, float scale) {
        var low = rows.lower(y) * gridWidth;
        var high = rows.upper(y) * gridWidth;
        var weight = rows.weight(y);
        for (var column = 0; column < gridWidth; column++) {
            var value = average[low + column];
            line[column] = (value + (average[high + column] - value) * weight - smallest) * scale;
        }
    }
}

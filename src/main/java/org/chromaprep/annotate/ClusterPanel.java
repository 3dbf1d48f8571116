package org.chromaprep.annotate;

/** Lays the clusters' colours over the grey picture. Immutable. */
final class ClusterPanel {
    private final GridAxis rows;
    private final GridAxis columns;
    private final int gridWidth;
    private final int[] blended;

    ClusterPanel(GridAxis rows, GridAxis columns, int gridWidth, Palette palette) {
        this.rows = rows;
        this.columns = columns;
        this.gridWidth = gridWidth;
        blended = new int[palette.size() * 256];
        for (var cluster = 0; cluster < palette.size(); cluster++) {
            for (var level = 0; level < 256; level++) {
                blended[cluster * 256 + level] = palette.over(level, cluster);
            }
        }
    }

    /** Paints the panel with its upper left corner at canvas column {@code left} of row 0. */
    void paint(int[] source, int width, int height, byte[] labels, int[] canvas, int canvasWidth, int left) {
        for (var y = 0; y < height; y++) {
            var from = y * width;
            var to = y * canvasWidth + left;
            var begin = rows.covers(y) ? columns.begin() : width;
            var end = rows.covers(y) ? columns.end() : width;
            var row = rows.cell(y) * gridWidth;
            for (var x = 0; x < begin; x++) {
                canvas[to + x] = Grey.colour(Grey.level(source[from + x]));
            }
            for (var x = begin; x < end; x++) {
                var label = labels[row + columns.cell(x)] & 255;
                var level = Grey.level(source[from + x]);
                // At the edge of a letterboxed picture lie pixels that belong to no cluster.
                canvas[to + x] = label << 8 < blended.length ? blended[label << 8 | level] : Grey.colour(level);
            }
            for (var x = end; x < width; x++) {
                canvas[to + x] = Grey.colour(Grey.level(source[from + x]));
            }
        }
    }
}

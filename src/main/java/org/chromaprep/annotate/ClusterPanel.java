package org.chromaprep.annotate;

/** Lays the clusters' colours over the grey picture: 55 parts grey to 45 parts colour. Immutable. */
final class ClusterPanel {
    private static final int GREY_PARTS = 55;
    private static final int COLOUR_PARTS = 45;
    private static final int PARTS = GREY_PARTS + COLOUR_PARTS;

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
                blended[cluster * 256 + level] = blend(level, palette.colour(cluster));
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
                canvas[to + x] = blended[label << 8 | Grey.level(source[from + x])];
            }
            for (var x = end; x < width; x++) {
                canvas[to + x] = Grey.colour(Grey.level(source[from + x]));
            }
        }
    }

    private static int blend(int level, int colour) {
        return mix(level, colour >> 16 & 255) << 16 | mix(level, colour >> 8 & 255) << 8 | mix(level, colour & 255);
    }

    private static int mix(int level, int channel) {
        return (GREY_PARTS * level + COLOUR_PARTS * channel + PARTS / 2) / PARTS;
    }
}

package org.chromaprep.annotate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Paints annotated pictures: {@link Layout#PANELS} or {@link Layout#OVERLAY}, with strips below that name the panels, say the
 * frame and show the clusters' colours.
 *
 * <p>The same input gives the same bytes. Painting allocates nothing; the painter has working memory of its own, so it
 * must be used by one thread at a time.
 */
public final class PanelPainter {
    /** Panel pixels along a grid cell's side, beyond which a larger panel only costs: no cluster is finer than a cell. */
    private static final double MOST_PIXELS_A_CELL = 1.5;
    /** The grid's side by which the panels of a coarser one are sized, too. */
    private static final int LEAST_SIDE = 224;

    private static final int MOST_CANVAS_WIDTH = 3840;
    private static final int LEAST_TEXT = 9;

    private final PanelSettings settings;
    private final int panelWidth;
    private final int panelHeight;
    private final int canvasWidth;
    private final int canvasHeight;
    private final ClusterPanel clusters;
    private final HeatPanel heat;
    private final FixedStrip names;
    private final Optional<Caption> caption;
    private final FixedStrip legend;

    /**
     * @throws java.io.UncheckedIOException if the program is packaged without its font or colour map
     */
    public PanelPainter(PanelSettings settings) {
        this(settings, Palette.USUAL_STRENGTH);
    }

    private PanelPainter(PanelSettings settings, int strength) {
        this.settings = settings;
        var shown = panels(settings);
        var isExact = settings.layout() == Layout.OVERLAY && !settings.captioned();
        var scale = isExact ? 1 : Math.min(1, (double) (MOST_CANVAS_WIDTH / shown) / settings.sourceWidth());
        if (settings.layout() == Layout.PANELS) {
            scale = Math.min(
                    scale,
                    MOST_PIXELS_A_CELL
                            * Math.sqrt((double) Math.max(LEAST_SIDE, settings.gridHeight())
                                    * Math.max(LEAST_SIDE, settings.gridWidth())
                                    / settings.sourceHeight()
                                    / settings.sourceWidth()));
        }
        panelWidth = even(settings.sourceWidth() * scale);
        panelHeight = even(settings.sourceHeight() * scale);
        canvasWidth = shown * panelWidth;
        var palette = Palette.of(settings.clusters()).withStrength(strength);
        if (settings.captioned()) {
            var glyphs = new GlyphMasks(Math.max(LEAST_TEXT, 6 + panelHeight / 40));
            names = settings.layout() == Layout.PANELS
                    ? FixedStrip.names(glyphs, canvasWidth, panelWidth, names(settings))
                    : FixedStrip.none();
            caption = Optional.of(new Caption(settings, glyphs, canvasWidth));
            legend = settings.clusters() > 0 ? FixedStrip.legend(glyphs, canvasWidth, palette) : FixedStrip.none();
        } else {
            names = FixedStrip.none();
            caption = Optional.empty();
            legend = FixedStrip.none();
        }
        canvasHeight =
                panelHeight + names.height() + caption.map(Caption::height).orElse(0) + legend.height();
        var place = settings.placement();
        var rows = new GridAxis(panelHeight, settings.gridHeight(), place.y(), place.height());
        var columns = new GridAxis(panelWidth, settings.gridWidth(), place.x(), place.width());
        clusters = new ClusterPanel(rows, columns, settings.gridWidth(), palette);
        heat = new HeatPanel(rows, columns, settings.gridWidth(), HeatColours.inferno());
    }

    /**
     * A painter of the same film with another look; its canvas may differ in size where the caption takes another line.
     *
     * @param look clusters, at least 1
     * @param strength parts of the clusters' colours in a hundred
     */
    public PanelPainter with(int look, int strength) {
        return new PanelPainter(
                new PanelSettings(
                        settings.layout(),
                        settings.sourceWidth(),
                        settings.sourceHeight(),
                        settings.gridHeight(),
                        settings.gridWidth(),
                        settings.placement(),
                        look,
                        settings.layers(),
                        settings.untrained(),
                        settings.captioned()),
                strength);
    }

    private static List<List<String>> names(PanelSettings settings) {
        var names = new ArrayList<List<String>>();
        names.add(List.of("film"));
        if (settings.clusters() > 0) {
            names.add(List.of("clusters over grey film", "clusters"));
        }
        names.add(List.of(
                "mean of the hypercolumn, from this frame's least (dark) to its greatest (bright)",
                "mean of the hypercolumn, dark low, bright high",
                "mean of the hypercolumn",
                "hypercolumn",
                "mean"));
        return names;
    }

    /** How many panels stand side by side. */
    public int panels() {
        return panels(settings);
    }

    /** Where the grid lies in a panel. */
    public GridPlacement placement() {
        return settings.placement();
    }

    /** Columns of the source picture that {@link #paint} takes, an even number. */
    public int panelWidth() {
        return panelWidth;
    }

    /** Rows of the source picture that {@link #paint} takes, an even number. */
    public int panelHeight() {
        return panelHeight;
    }

    /** Columns of the painted picture, an even number; with a caption at most 3840. */
    public int canvasWidth() {
        return canvasWidth;
    }

    /** Rows of the painted picture, the caption included, an even number. */
    public int canvasHeight() {
        return canvasHeight;
    }

    /**
     * Paints one frame. All arrays are the caller's, row by row; only {@code canvas} is written, all of it.
     *
     * @param source the source picture of panel size, {@code 0xRRGGBB}
     * @param labels each grid pixel's cluster, an unsigned byte; not looked at without clusters
     * @param average each grid pixel's hypercolumn average; not looked at in an overlay
     * @param seconds film time; dashes are shown if it is not finite
     * @param frame frame number, at least 0
     * @param canvas takes the painted picture, {@code 0xRRGGBB}
     * @throws IllegalArgumentException if an array that is used is too short for its size
     * @throws IndexOutOfBoundsException if a label has no cluster; the canvas is then partly painted
     */
    public void paint(int[] source, byte[] labels, float[] average, double seconds, long frame, int[] canvas) {
        var withClusters = settings.clusters() > 0;
        var withHeat = settings.layout() == Layout.PANELS;
        var pixels = settings.gridHeight() * settings.gridWidth();
        requireLength("source picture", source.length, panelWidth * panelHeight);
        requireLength("canvas", canvas.length, canvasWidth * canvasHeight);
        requireLength("labels", withClusters ? labels.length : pixels, pixels);
        requireLength("average plane", withHeat ? average.length : pixels, pixels);
        var left = 0;
        if (withHeat || !withClusters) {
            copySource(source, canvas);
            left += panelWidth;
        }
        if (withClusters) {
            clusters.paint(source, panelWidth, panelHeight, labels, canvas, canvasWidth, left);
            left += panelWidth;
        }
        if (withHeat) {
            heat.paint(source, panelWidth, panelHeight, average, canvas, canvasWidth, left);
        }
        var below = panelHeight;
        names.paint(canvas, below);
        below += names.height();
        if (caption.isPresent()) {
            caption.get().paint(seconds, frame, canvas, below);
            below += caption.get().height();
        }
        legend.paint(canvas, below);
    }

    private void copySource(int[] source, int[] canvas) {
        for (var y = 0; y < panelHeight; y++) {
            System.arraycopy(source, y * panelWidth, canvas, y * canvasWidth, panelWidth);
        }
    }

    private static int panels(PanelSettings settings) {
        if (settings.layout() == Layout.OVERLAY) {
            return 1;
        }
        return settings.clusters() == 0 ? 2 : 3;
    }

    private static int even(double length) {
        // A scale is not exact: without the small addition 447.9999 would become 446.
        return Math.max(2, (int) (length + 1e-6) / 2 * 2);
    }

    private static void requireLength(String what, int length, int needed) {
        if (length < needed) {
            throw new IllegalArgumentException(
                    "The " + what + " for an annotated picture has " + length + " values; it needs " + needed + ".");
        }
    }
}

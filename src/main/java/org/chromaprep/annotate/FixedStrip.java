package org.chromaprep.annotate;

import java.util.Arrays;
import java.util.List;

/** A strip below an annotated picture that is the same in every frame: what each panel shows, or which cluster has which colour. */
final class FixedStrip {
    private static final int WHITE = 0xffffff;
    private static final int MIDDLE = 128;
    private static final char[] CLUSTERS = "clusters".toCharArray();

    private final int width;
    private final int height;
    private final int[] pixels;

    private FixedStrip(int width, int height) {
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
        Arrays.fill(pixels, Caption.BACKGROUND);
    }

    /** A strip of no height. */
    static FixedStrip none() {
        return new FixedStrip(0, 0);
    }

    /**
     * Names below the panels, each beginning where its panel does.
     *
     * @param names for each panel, the longest first; the first that has room is shown
     */
    static FixedStrip names(GlyphMasks glyphs, int width, int panelWidth, List<List<String>> names) {
        var strip = new FixedStrip(width, glyphs.lineHeight() + glyphs.lineHeight() % 2);
        var margin = margin(glyphs);
        for (var panel = 0; panel < names.size(); panel++) {
            var left = panel * panelWidth + margin;
            names.get(panel).stream()
                    .map(String::toCharArray)
                    .filter(name -> margin + glyphs.width(name, name.length) <= panelWidth)
                    .findFirst()
                    .ifPresent(name -> strip.write(glyphs, name, left, Caption.TEXT));
        }
        return strip;
    }

    /** The clusters' colours, with their numbers where they have room. */
    static FixedStrip legend(GlyphMasks glyphs, int width, Palette palette) {
        var strip = new FixedStrip(width, glyphs.lineHeight() + glyphs.lineHeight() % 2);
        var margin = margin(glyphs);
        var begin = 2 * margin + glyphs.width(CLUSTERS, CLUSTERS.length);
        if (width - margin - begin < palette.size() * glyphs.advance('0')) {
            begin = margin;
        } else {
            strip.write(glyphs, CLUSTERS, margin, Caption.TEXT);
        }
        var room = Math.min(3 * margin + glyphs.advance('0'), Math.max(1, (width - margin - begin) / palette.size()));
        for (var cluster = 0; cluster < palette.size(); cluster++) {
            strip.swatch(glyphs, begin + cluster * room, room, cluster, palette.colour(cluster));
        }
        return strip;
    }

    private static int margin(GlyphMasks glyphs) {
        return glyphs.advance('m') * 3 / 4;
    }

    private void swatch(GlyphMasks glyphs, int left, int room, int cluster, int colour) {
        // Colours that touch are hard to tell apart.
        var gap = room > glyphs.advance(' ') ? 2 : 0;
        for (var y = 1; y < height - 1; y++) {
            for (var x = Math.min(width, left); x < Math.min(width, left + room - gap); x++) {
                pixels[y * width + x] = colour;
            }
        }
        var number = Integer.toString(cluster).toCharArray();
        var wide = glyphs.width(number, number.length);
        if (wide <= room - gap) {
            write(glyphs, number, left + (room - gap - wide) / 2, Grey.level(colour) < MIDDLE ? WHITE : 0);
        }
    }

    private void write(GlyphMasks glyphs, char[] text, int left, int colour) {
        glyphs.write(text, text.length, left, glyphs.ascent(), colour, pixels, width, height);
    }

    /** Pixels, an even number. */
    int height() {
        return height;
    }

    /** Paints the strip over the whole width, from canvas row {@code top} on. */
    void paint(int[] canvas, int top) {
        System.arraycopy(pixels, 0, canvas, top * width, pixels.length);
    }
}

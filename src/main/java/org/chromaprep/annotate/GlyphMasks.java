package org.chromaprep.annotate;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The printable ASCII characters of DejaVu Sans as masks of one size. Immutable.
 *
 * <p>The outlines come from the bundled font file by FontBox and are filled as plain shapes: AWT's own text drawing fails
 * where fontconfig has no font to offer, as on most servers.
 */
final class GlyphMasks {
    private static final char FIRST = ' ';
    private static final char LAST = '~';
    private static final char UNKNOWN = '?';

    private final Glyph[] glyphs = new Glyph[LAST - FIRST + 1];
    private final int ascent;
    private final int lineHeight;

    /**
     * @param advance pixels to the next character
     * @param left the mask's left edge, from the pen
     * @param top the mask's upper edge, from the baseline, downwards
     * @param coverage 0 to 255, row by row
     */
    private record Glyph(int advance, int left, int top, int width, int height, byte[] coverage) {}

    /**
     * @param size pixels to the em
     * @throws UncheckedIOException if the program is packaged without its font
     */
    GlyphMasks(int size) {
        try (var in = FontFile.open();
                var font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
            var scale = (double) size / font.getUnitsPerEm();
            ascent = (int) Math.ceil(font.getHorizontalHeader().getAscender() * scale);
            lineHeight = ascent + (int) Math.ceil(-font.getHorizontalHeader().getDescender() * scale);
            var characters = font.getUnicodeCmapLookup();
            for (var character = FIRST; character <= LAST; character++) {
                glyphs[character - FIRST] = glyph(font, characters, character, scale);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Pixels from the top of a line to its baseline. */
    int ascent() {
        return ascent;
    }

    /** Pixels from the top of a line to its bottom. */
    int lineHeight() {
        return lineHeight;
    }

    /** How far a character moves the pen. */
    int advance(char character) {
        return glyphs[index(character)].advance;
    }

    /**
     * Blends a character over a picture; what would lie outside the picture is left out.
     *
     * @param pen column of the pen
     * @param baseline row of the baseline
     */
    void draw(char character, int pen, int baseline, int colour, int[] picture, int width, int height) {
        var glyph = glyphs[index(character)];
        var left = pen + glyph.left;
        var top = baseline + glyph.top;
        for (var y = Math.max(0, -top); y < Math.min(glyph.height, height - top); y++) {
            for (var x = Math.max(0, -left); x < Math.min(glyph.width, width - left); x++) {
                var at = (top + y) * width + left + x;
                picture[at] = blend(picture[at], colour, glyph.coverage[y * glyph.width + x] & 255);
            }
        }
    }

    /** Draws characters one behind the other. */
    void write(char[] text, int length, int pen, int baseline, int colour, int[] picture, int width, int height) {
        var column = pen;
        for (var i = 0; i < length; i++) {
            draw(text[i], column, baseline, colour, picture, width, height);
            column += advance(text[i]);
        }
    }

    /** How far characters move the pen together. */
    int width(char[] text, int length) {
        var wide = 0;
        for (var i = 0; i < length; i++) {
            wide += advance(text[i]);
        }
        return wide;
    }

    private static int index(char character) {
        return (character < FIRST || character > LAST ? UNKNOWN : character) - FIRST;
    }

    private static int blend(int under, int over, int coverage) {
        var red = mix(under >> 16 & 255, over >> 16 & 255, coverage);
        var green = mix(under >> 8 & 255, over >> 8 & 255, coverage);
        var blue = mix(under & 255, over & 255, coverage);
        return red << 16 | green << 8 | blue;
    }

    private static int mix(int under, int over, int coverage) {
        return (under * (255 - coverage) + over * coverage + 127) / 255;
    }

    private static Glyph glyph(TrueTypeFont font, CmapLookup characters, char character, double scale)
            throws IOException {
        var number = characters.getGlyphId(character);
        var advance = (int) Math.round(font.getAdvanceWidth(number) * scale);
        var outline = font.getGlyph().getGlyph(number);
        if (outline == null) {
            return new Glyph(advance, 0, 0, 0, 0, new byte[0]);
        }
        var shape = outline.getPath().createTransformedShape(AffineTransform.getScaleInstance(scale, -scale));
        // One pixel more on each side: bounds of scaled outlines may be a hair too tight for the antialiased edge.
        var bounds = shape.getBounds();
        bounds.grow(1, 1);
        var image = new BufferedImage(bounds.width, bounds.height, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.translate(-bounds.x, -bounds.y);
            graphics.setColor(Color.WHITE);
            graphics.fill(shape);
        } finally {
            graphics.dispose();
        }
        var coverage = new byte[bounds.width * bounds.height];
        for (var i = 0; i < coverage.length; i++) {
            coverage[i] = (byte) (image.getRGB(i % bounds.width, i / bounds.width) >>> 24);
        }
        return new Glyph(advance, bounds.x, bounds.y, bounds.width, bounds.height, coverage);
    }
}

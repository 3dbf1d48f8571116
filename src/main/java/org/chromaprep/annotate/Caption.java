package org.chromaprep.annotate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The strip below an annotated picture: film time, frame number, clusters, layers, and a mark if the weights are random.
 * Words flow into at most three lines; what does not fit is cut off. Has working memory of its own: one thread at a time.
 */
final class Caption {
    static final int BACKGROUND = 0x181818;
    static final int TEXT = 0xebebeb;
    private static final int MARK_BACKGROUND = 0xe69f00;
    private static final int MARK_TEXT = 0x000000;
    private static final int MOST_LINES = 3;
    private static final char[] MARK = "UNTRAINED".toCharArray();
    private static final char[] FRAME = "frame ".toCharArray();
    private static final double WIDEST_TIME = 100 * 3600;
    private static final long WIDEST_FRAME = 99_999_999;

    private final GlyphMasks glyphs;
    private final boolean untrained;
    private final List<Word> words;
    private final int width;
    private final int margin;
    private final int itemGap;
    private final int lines;
    private final int height;
    private final char[] buffer = new char[64];
    private int pen;
    private int line;

    /** A piece that is not broken; an item is one or more words, set off from the item before by a wide gap. */
    private record Word(char[] text, boolean beginsItem) {}

    /**
     * @param glyphs of the text's size
     * @param width pixels, that of the canvas
     */
    Caption(PanelSettings settings, GlyphMasks glyphs, int width) {
        this.glyphs = glyphs;
        untrained = settings.untrained();
        words = words(settings);
        this.width = width;
        itemGap = glyphs.advance('m') * 3 / 2;
        margin = itemGap / 2;
        flow(WIDEST_TIME, WIDEST_FRAME, new int[0], 0, 0);
        lines = Math.min(MOST_LINES, line + 1);
        var exact = lines * glyphs.lineHeight() + margin;
        height = exact + exact % 2;
    }

    /** Pixels, an even number. */
    int height() {
        return height;
    }

    /** Paints the strip over the whole width, from canvas row {@code top} on. */
    void paint(double seconds, long frame, int[] canvas, int top) {
        Arrays.fill(canvas, top * width, (top + height) * width, BACKGROUND);
        flow(seconds, frame, canvas, top, lines);
    }

    /** Goes through the words in order and draws those that come to lie on the first {@code drawnLines} lines. */
    private void flow(double seconds, long frame, int[] canvas, int top, int drawnLines) {
        pen = margin;
        line = 0;
        if (untrained) {
            var begin = advance(MARK, MARK.length, true);
            if (line < drawnLines) {
                fillMark(begin, canvas, top);
                draw(MARK, MARK.length, begin, MARK_TEXT, canvas, top);
            }
        }
        word(buffer, FilmTime.write(seconds, buffer, 0), true, canvas, top, drawnLines);
        System.arraycopy(FRAME, 0, buffer, 0, FRAME.length);
        word(buffer, FilmTime.writeNumber(frame, buffer, FRAME.length), true, canvas, top, drawnLines);
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            word(word.text, word.text.length, word.beginsItem, canvas, top, drawnLines);
        }
    }

    private void word(char[] text, int length, boolean beginsItem, int[] canvas, int top, int drawnLines) {
        var begin = advance(text, length, beginsItem);
        if (line < drawnLines) {
            draw(text, length, begin, TEXT, canvas, top);
        }
    }

    /** Moves the pen behind a word, on the next line where it does not fit; returns the column where the word begins. */
    private int advance(char[] text, int length, boolean beginsItem) {
        var wide = glyphs.width(text, length);
        var gap = beginsItem ? itemGap : glyphs.advance(' ');
        var begin = pen == margin ? margin : pen + gap;
        if (begin > margin && begin + wide > width - margin) {
            line++;
            begin = margin;
        }
        pen = begin + wide;
        return begin;
    }

    private void draw(char[] text, int length, int begin, int colour, int[] canvas, int top) {
        glyphs.write(text, length, begin, lineTop(top) + glyphs.ascent(), colour, canvas, width, top + height);
    }

    private void fillMark(int begin, int[] canvas, int top) {
        var from = Math.max(0, begin - margin / 2);
        var to = Math.min(width, pen + margin / 2);
        for (var y = lineTop(top); y < lineTop(top) + glyphs.lineHeight(); y++) {
            if (from < to) {
                Arrays.fill(canvas, y * width + from, y * width + to, MARK_BACKGROUND);
            }
        }
    }

    private int lineTop(int top) {
        return top + margin / 2 + line * glyphs.lineHeight();
    }

    private static List<Word> words(PanelSettings settings) {
        var words = new ArrayList<Word>();
        var clusters = settings.clusters() == 0 ? "no clusters" : "k=" + settings.clusters();
        words.add(new Word(clusters.toCharArray(), true));
        var beginsItem = true;
        for (var layer : settings.layers().replace(",", ", ").trim().split("\\s+")) {
            words.add(new Word(layer.toCharArray(), beginsItem));
            beginsItem = false;
        }
        return List.copyOf(words);
    }
}

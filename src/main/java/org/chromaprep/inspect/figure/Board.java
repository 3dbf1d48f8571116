package org.chromaprep.inspect.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/** Puts pictures in rows under a heading, with the mark UNTRAINED where the weights are random. */
final class Board {
    private static final int MARGIN = 12;
    private static final int GAP = 10;
    private static final int HEADING = 34;
    private static final String MARK = "UNTRAINED: random weights, without meaning";

    private final Look look;
    private final boolean untrained;

    Board(Look look, boolean untrained) {
        this.look = look;
        this.untrained = untrained;
    }

    /** Pictures in cells of one width, a number of them in a row. */
    BufferedImage inCells(String heading, List<BufferedImage> images, int across) {
        var width = images.stream().mapToInt(BufferedImage::getWidth).max().orElse(0);
        var cells = images.stream().map(image -> widened(image, width)).toList();
        var rows = IntStream.range(0, (cells.size() + across - 1) / across)
                .mapToObj(row -> cells.subList(row * across, Math.min(cells.size(), (row + 1) * across)))
                .toList();
        return of(heading, rows);
    }

    private static BufferedImage widened(BufferedImage image, int width) {
        var cell = Pixels.white(width, image.getHeight());
        var graphics = cell.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return cell;
    }

    /** Rows of pictures, aligned at the top and at the left. */
    BufferedImage of(String heading, List<List<BufferedImage>> rows) {
        var width = rows.stream().mapToInt(Board::width).max().orElse(0);
        var height = rows.stream().mapToInt(row -> height(row) + GAP).sum();
        var least = 2 * MARGIN + (untrained ? 700 : 400);
        var board = Pixels.white(Math.max(least, width + 2 * MARGIN), HEADING + height + MARGIN);
        var graphics = board.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            head(graphics, heading, board.getWidth());
            var top = HEADING;
            for (var row : rows) {
                var left = MARGIN;
                for (var image : row) {
                    graphics.drawImage(image, left, top, null);
                    left += image.getWidth() + GAP;
                }
                top += height(row) + GAP;
            }
        } finally {
            graphics.dispose();
        }
        return board;
    }

    private void head(Graphics2D graphics, String heading, int width) {
        graphics.setColor(Look.INK);
        var text = new TextLayout(heading, look.heading(), graphics.getFontRenderContext());
        text.draw(graphics, MARGIN, 24);
        if (untrained) {
            var mark = new TextLayout(MARK, look.title(), graphics.getFontRenderContext());
            var wide = (int) Math.ceil(mark.getAdvance());
            graphics.setColor(Look.MARK);
            graphics.fillRect(width - MARGIN - wide - 12, 7, wide + 12, 22);
            graphics.setColor(Color.BLACK);
            mark.draw(graphics, width - MARGIN - wide - 6, 22);
        }
    }

    private static int width(List<BufferedImage> row) {
        return row.stream().mapToInt(image -> image.getWidth() + GAP).sum() - GAP;
    }

    private static int height(List<BufferedImage> row) {
        return row.stream().mapToInt(BufferedImage::getHeight).max().orElse(0);
    }
}

package org.chromaprep.inspect.figure;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.chromaprep.annotate.HeatColours;
import org.chromaprep.annotate.Palette;
import org.chromaprep.inspect.Plane;

/** Turns numbers into pictures, one pixel a number, and enlarges pictures without mixing pixels. */
final class Pixels {
    private Pixels() {}

    static BufferedImage rgb(int[] colours, int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, colours, 0, width);
        return image;
    }

    static BufferedImage grey(byte[] levels, int width, int height) {
        var colours = new int[levels.length];
        for (var i = 0; i < colours.length; i++) {
            colours[i] = (levels[i] & 255) * 0x010101;
        }
        return rgb(colours, width, height);
    }

    /** A plane in heat colours. */
    static BufferedImage heat(Plane plane, Range range, HeatColours heat) {
        var colours = new int[plane.values().length];
        var factor = HeatColours.STEPS / (range.high() - range.low());
        for (var i = 0; i < colours.length; i++) {
            var step = (int) ((plane.values()[i] - range.low()) * factor);
            colours[i] = heat.colour(Math.max(0, Math.min(HeatColours.STEPS - 1, step)));
        }
        return rgb(colours, plane.grid().width(), plane.grid().height());
    }

    static BufferedImage labels(byte[] labels, int width, int height, Palette palette) {
        var colours = new int[labels.length];
        for (var i = 0; i < colours.length; i++) {
            colours[i] = palette.colour(labels[i] & 255);
        }
        return rgb(colours, width, height);
    }

    static BufferedImage overlay(byte[] labels, byte[] luma, int width, int height, Palette palette) {
        var colours = new int[labels.length];
        for (var i = 0; i < colours.length; i++) {
            colours[i] = palette.over(luma[i] & 255, labels[i] & 255);
        }
        return rgb(colours, width, height);
    }

    /** A sheet of paper. */
    static BufferedImage white(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    static BufferedImage resized(BufferedImage image, int width, int height, boolean smooth) {
        if (image.getWidth() == width && image.getHeight() == height) {
            return image;
        }
        if (smooth && image.getWidth() > 2 * width && image.getHeight() > 2 * height) {
            // A bilinear step looks at four pixels, so it may halve a picture but not more.
            var half = resized(image, (image.getWidth() + 1) / 2, (image.getHeight() + 1) / 2, true);
            return resized(half, width, height, true);
        }
        var resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = resized.createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION,
                    smooth
                            ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            graphics.drawImage(image, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return resized;
    }
}

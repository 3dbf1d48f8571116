package org.chromaprep.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** What pages of a data set share. Stateless. */
final class Html {
    private static final int SIDE = 32;
    private static final String STYLE = """
            body{font:15px sans-serif;margin:2em;max-width:1100px}table{border-collapse:collapse;margin:1em 0}
            td,th{padding:.25em .8em;border-bottom:1px solid #ccc;text-align:left}img{max-width:100%}svg{background:#eee}
            figure{display:inline-block;margin:.3em;text-align:center;font-size:12px}figure img{width:96px;height:72px}
            .untrained{color:#a00000;font-weight:bold;border:2px solid;padding:.4em}
            """;

    /** What every page says that shows what random weights made. */
    static final String UNTRAINED = "UNTRAINED: the weights are random; features and clusters mean nothing.";

    private Html() {}

    /** A page's beginning. */
    static String head(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + safe(title)
                + "</title><style>\n" + STYLE + "</style></head><body>\n<h1>" + safe(title) + "</h1>\n";
    }

    /** What stands above everything that comes of random weights; nothing above all else. */
    static String warning(boolean untrained) {
        return untrained ? "<p class=\"untrained\">" + UNTRAINED + "</p>\n" : "";
    }

    /** Text as HTML shows it. */
    static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A row of a table. */
    static String row(String... cells) {
        var row = new StringBuilder("<tr>");
        for (var cell : cells) {
            row.append("<td>").append(safe(cell)).append("</td>");
        }
        return row.append("</tr>\n").toString();
    }

    /**
     * A small picture with words below.
     *
     * @param base64 its 32 by 32 grey values
     */
    static String figure(String base64, String words) {
        var greys = Base64.getDecoder().decode(base64);
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (var i = 0; i < greys.length; i++) {
            image.getRaster().setSample(i % SIDE, i / SIDE, 0, greys[i] & 0xFF);
        }
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail.", e);
        }
        return "<figure><img src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray())
                + "\" alt=\"\"><br>" + safe(words) + "</figure>";
    }
}

package org.chromaprep.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws samples in pairs: the grey picture with the sampled pixels, and its target. Stateless. */
final class SampleSheet {
    private static final int PAIRS_A_ROW = 3;
    private static final int GAP = 6;

    private SampleSheet() {}

    /** The sheet as PNG. */
    static byte[] png(List<ShownSample> samples) throws IOException {
        var png = new ByteArrayOutputStream();
        ImageIO.write(sheet(samples), "png", png);
        return png.toByteArray();
    }

    private static BufferedImage sheet(List<ShownSample> samples) {
        var width =
                samples.stream().mapToInt(each -> each.grey().getWidth()).max().orElse(1);
        var height =
                samples.stream().mapToInt(each -> each.grey().getHeight()).max().orElse(1);
        var rows = Math.max(1, (samples.size() + PAIRS_A_ROW - 1) / PAIRS_A_ROW);
        var sheet = new BufferedImage(
                PAIRS_A_ROW * (2 * width + 2 * GAP), rows * (height + GAP), BufferedImage.TYPE_INT_RGB);
        var graphics = sheet.createGraphics();
        for (var i = 0; i < samples.size(); i++) {
            var x = i % PAIRS_A_ROW * (2 * width + 2 * GAP);
            var y = i / PAIRS_A_ROW * (height + GAP);
            graphics.drawImage(samples.get(i).grey(), x, y, null);
            graphics.drawImage(samples.get(i).colours(), x + width, y, null);
        }
        graphics.dispose();
        return sheet;
    }
}

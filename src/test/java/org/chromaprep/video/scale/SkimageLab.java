package org.chromaprep.video.scale;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.chromaprep.npy.NpyReader;

/**
 * 4096 colours of 8 bits from all over sRGB, and what scikit-image's {@code rgb2lab} says of them
 * ({@code make_skimage_lab.py}).
 */
public final class SkimageLab {
    /** How near computed colours are to come; scikit-image rounds its matrix and its white otherwise. */
    public static final double NEAR = 0.01;

    private static final int COLOURS = 4096;
    private static final int LEVELS = 16;
    private static final int STEP = 17;

    private SkimageLab() {}

    /** L*, a*, b* of each colour. */
    public static float[] values() throws IOException {
        try (var in = SkimageLab.class.getResourceAsStream("skimage_lab.npy")) {
            return NpyReader.read(in, 3 * COLOURS).values();
        }
    }

    /** The colours as pictures without loss, row by row, the pictures one after the other. */
    public static List<Path> pictures(Path folder, int side) throws IOException {
        var files = new ArrayList<Path>();
        for (int first = 0; first < COLOURS; first += side * side) {
            var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < side * side; i++) {
                var colour = first + i;
                image.setRGB(
                        i % side,
                        i / side,
                        STEP * (colour / (LEVELS * LEVELS)) << 16
                                | STEP * (colour / LEVELS % LEVELS) << 8
                                | STEP * (colour % LEVELS));
            }
            files.add(Files.createDirectories(folder).resolve("colours-" + files.size() + ".png"));
            ImageIO.write(image, "png", files.get(files.size() - 1).toFile());
        }
        return files;
    }
}

package org.chromaprep.colorize;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.OutputException;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Picture;
import org.chromaprep.video.scale.GreyScaler;

/** Frames as pictures to be coloured: grey, in the film's full size, with three equal channels, so that paint programs have colours. */
final class PlanFrames {
    private PlanFrames() {}

    /** The name by which a picture is recognised when it comes back coloured. */
    static String name(int shot, long frame) {
        return String.format(Locale.ROOT, "shot-%06d_frame-%09d.png", shot, frame);
    }

    /**
     * Writes a frame.
     *
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    static void write(Picture picture, Path file) throws OutputException {
        var width = picture.width();
        var height = picture.height();
        var grey = new byte[width * height];
        try (var scaler = new GreyScaler(width, height, Fit.STRETCH)) {
            scaler.scale(picture, grey);
        }
        var rgb = new int[grey.length];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (grey[i] & 255) * 0x010101;
        }
        write(rgb, width, height, file);
    }

    /** Writes 0xRRGGBB numbers. */
    static void write(int[] rgb, int width, int height, Path file) throws OutputException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
            DurableFiles.replace(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new OutputException(
                    "The picture " + file + " cannot be written (" + e.getMessage()
                            + "); check the folder's disk and permissions.",
                    e);
        }
    }
}

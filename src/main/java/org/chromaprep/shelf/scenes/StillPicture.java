package org.chromaprep.shelf.scenes;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.chromaprep.video.Picture;
import org.chromaprep.video.scale.ColourScaler;

/** A frame as a PNG in colours, of the size and the way up that it is shown with. Stateless. */
public final class StillPicture {
    private StillPicture() {}

    /** The PNG's bytes; the picture stays the caller's. */
    public static byte[] png(Picture picture) {
        var width = picture.width();
        var height = picture.height();
        var pixels = new int[width * height];
        try (var scaler = ColourScaler.exact(width, height)) {
            scaler.scale(picture, pixels);
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

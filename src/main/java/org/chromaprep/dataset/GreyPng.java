package org.chromaprep.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes grey pictures of 8 bits as PNG, at a fast level, with nothing in them that changes from run to run. */
final class GreyPng {
    /** ImageIO's scale for PNG: 1 is no compression, 0 the strongest; this is zlib's level 3. */
    private static final float QUALITY = 0.7f;

    private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);

    void write(byte[] pixels, int height, int width, OutputStream out) {
        if (image.getHeight() != height || image.getWidth() != width) {
            image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        }
        System.arraycopy(pixels, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0, height * width);
        var writer = ImageIO.getImageWritersByFormatName("png").next();
        var parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(QUALITY);
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail.", e);
        } finally {
            writer.dispose();
        }
    }
}

package org.chromaprep.monitor;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.chromaprep.pipeline.watch.LivePicture;

/**
 * Encodes live pictures as JPEG, in memory that it keeps and in the order of bytes that the encoder takes as it is: both
 * spare the run's processor. Whoever made it closes it. One thread.
 */
final class JpegEncoder implements AutoCloseable {
    private static final int CHANNELS = 3;

    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("jpeg").next();
    private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);

    byte[] encode(LivePicture picture) throws IOException {
        if (image.getWidth() != picture.width() || image.getHeight() != picture.height()) {
            image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        }
        var bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        var rgb = picture.rgb();
        for (int pixel = 0, at = 0; pixel < picture.width() * picture.height(); pixel++, at += CHANNELS) {
            bytes[at] = (byte) rgb[pixel];
            bytes[at + 1] = (byte) (rgb[pixel] >> Byte.SIZE);
            bytes[at + 2] = (byte) (rgb[pixel] >> 2 * Byte.SIZE);
        }
        var jpeg = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(jpeg)) {
            writer.setOutput(out);
            writer.write(image);
        }
        return jpeg.toByteArray();
    }

    @Override
    public void close() {
        writer.dispose();
    }
}
